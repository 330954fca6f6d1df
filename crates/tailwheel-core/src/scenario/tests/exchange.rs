//! Prices in another currency need an exchange rate.

use super::support::{Text, refused, valid, with_asset};

#[test]
fn a_price_in_another_currency_needs_its_rate_and_reads_back() {
    let of = |currency: &str, fx: &str| with_asset(&format!("currency = \"{currency}\"\n{fx}"));
    let rate = "[[fx]]\npair = \"USD/EUR\"\nvolatility = \"8 %/year\"\n";
    let scenario = valid(&of("EUR", rate));
    let exchange = scenario.assets[0].exchange.as_ref().unwrap();
    assert_eq!((exchange.currency(), exchange.volatility.get()), ("EUR", 0.08));
    assert!(valid(&of("USD", "")).assets[0].exchange.is_none());
    let document = scenario.canonical_document();
    assert!(document.contains("currency = \"EUR\"") && document.contains("pair = \"EUR/USD\""));
    for (text, what) in [
        (of("EUR", ""), "the exchange rate EUR/USD has no [[fx]]"),
        (
            of("EUR", "[[fx]]\npair = \"CHF/EUR\"\nvolatility = 0.1\n"),
            "this pair does not contain the currency of the file",
        ),
        (of("EUR", &rate.repeat(2)), "this exchange rate is there twice"),
        (of("EUR", "[[fx]]\npair = \"dollars\"\nvolatility = 0.1\n"), "this is not a pair of currencies"),
    ] {
        refused(&text).has(what);
    }
}
