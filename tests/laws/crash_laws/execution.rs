//! At what price agents sell into a crash.

use crate::crash_laws::agree::exactly;
use tailwheel::crash::average_execution;

#[test]
fn a27_agents_sell_at_the_average_of_the_fall() {
    let exact = 0.862_143_207_146_545_8;
    exactly("A27 exec", exact, average_execution(0.05, 0.2), average_execution(0.05, 0.21));
    exactly("A27 exec", exact, average_execution(0.05, 0.2), average_execution(0.0525, 0.2));
    // without a fall of its own making it sells at the month's price
    assert_eq!(average_execution(0.05, 0.0).to_bits(), (-0.05_f64).exp().to_bits());
    let close = average_execution(0.05, 1e-12);
    assert!((close - (-0.05_f64).exp()).abs() < 1e-12, "{close}");
}
