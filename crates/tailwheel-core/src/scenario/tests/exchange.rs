//! Prices in another currency need an exchange rate.

use super::support::{valid, with_asset};

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
}
