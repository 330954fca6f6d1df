//! Prices in another currency need an exchange rate.

use super::support::{valid, with_asset};

#[test]
fn a_price_in_another_currency_needs_its_rate_and_reads_back() {
    let rate = "[[fx]]\npair = \"USD/EUR\"\nvolatility = \"8 %/year\"\n";
    let scenario = valid(&with_asset(&format!("currency = \"EUR\"\n{rate}")));
    let exchange = scenario.assets[0].exchange.as_ref().unwrap();
    assert_eq!((exchange.currency(), exchange.volatility.get()), ("EUR", 0.08));
    assert!(valid(&with_asset("currency = \"USD\"\n")).assets[0].exchange.is_none());
    let document = scenario.canonical_document();
    assert!(document.contains("currency = \"EUR\"") && document.contains("pair = \"EUR/USD\""));
}
