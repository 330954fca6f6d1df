//! Prices in another currency need a rate of exchange.

use super::support::{refused, valid, with_asset};

#[test]
fn a_price_in_another_currency_needs_its_rate_and_reads_back() {
    let of = |currency: &str, fx: &str| with_asset(&format!("currency = \"{currency}\"\n{fx}"));
    let rate = "[[fx]]\npair = \"USD/EUR\"\nvolatility = \"8 %/year\"\n";
    let scenario = valid(&of("EUR", rate));
    let exchange = scenario.assets[0].exchange.as_ref().unwrap();
    assert_eq!(
        (exchange.currency.as_str(), exchange.volatility.get()),
        ("EUR", 0.08)
    );
    assert!(valid(&of("USD", "")).assets[0].exchange.is_none());
    let document = scenario.canonical_document();
    assert!(document.contains("currency = \"EUR\"") && document.contains("pair = \"EUR/USD\""));
    for (text, what) in [
        (of("EUR", ""), "how EUR moves against USD is not said"),
        (
            of("EUR", "[[fx]]\npair = \"CHF/EUR\"\nvolatility = 0.1\n"),
            "this pair is not of the file's currency",
        ),
        (
            of("EUR", &rate.repeat(2)),
            "this rate of exchange is there twice",
        ),
        (
            of("EUR", "[[fx]]\npair = \"dollars\"\nvolatility = 0.1\n"),
            "this is no pair of currencies",
        ),
    ] {
        let found = refused(&text);
        assert!(found.contains(what), "{what}: {found}");
    }
}
