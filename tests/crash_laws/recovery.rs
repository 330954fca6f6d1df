//! What a crash leaves behind, and at what price agents sell into it.

use crate::agree::exactly;
use tailwheel::crash::{Aftermath, average_execution, settle};

const FALL: f64 = 0.2;
const PERMANENT: f64 = 0.25;
const HALF_LIFE: f64 = 3.0;

fn crash(fall: f64, permanent: f64, half_life: f64) -> (Aftermath, f64) {
    settle(Aftermath::default(), fall, permanent, half_life)
}

#[test]
fn a27_part_of_a_crash_recovers_by_its_half_life() {
    let (after, log_return) = crash(FALL, PERMANENT, HALF_LIFE);
    let (off, off_return) = crash(FALL, PERMANENT, HALF_LIFE * 1.05);
    let (_, off_permanent) = crash(FALL, PERMANENT * 1.05, HALF_LIFE);
    let exact = 0.133_634_807_721_050_88;
    exactly("A27 transient", exact, after.transient, off.transient);
    exactly(
        "A27 close",
        -0.183_634_807_721_050_9,
        log_return,
        off_return,
    );
    exactly(
        "A27 close",
        -0.183_634_807_721_050_9,
        log_return,
        off_permanent,
    );
    exactly("A27 permanent", 0.05, after.permanent, 0.0525);

    let quietly = |mut state: Aftermath, half_life: f64| {
        let mut sum = 0.0;
        for _ in 0..3 {
            let log_return;
            (state, log_return) = settle(state, 0.0, PERMANENT, half_life);
            sum += log_return;
        }
        (state, sum)
    };
    let (later, regained) = quietly(after, HALF_LIFE);
    let (off_later, _) = quietly(after, HALF_LIFE * 1.05);
    exactly(
        "A27 after 3",
        0.066_817_403_860_525_44,
        later.transient,
        off_later.transient,
    );
    assert_eq!(later.permanent, after.permanent);
    assert!((regained - (after.transient - later.transient)).abs() < 1e-15);
}

#[test]
fn a27_agents_sell_at_the_average_of_the_fall() {
    let exact = 0.862_143_207_146_545_8;
    exactly(
        "A27 exec",
        exact,
        average_execution(0.05, 0.2),
        average_execution(0.05, 0.21),
    );
    exactly(
        "A27 exec",
        exact,
        average_execution(0.05, 0.2),
        average_execution(0.0525, 0.2),
    );
    // without a fall of its own making it sells at the month's price
    assert_eq!(
        average_execution(0.05, 0.0).to_bits(),
        (-0.05_f64).exp().to_bits()
    );
    let close = average_execution(0.05, 1e-12);
    assert!((close - (-0.05_f64).exp()).abs() < 1e-12, "{close}");
}

#[test]
fn nothing_comes_back_without_recovery_and_everything_without_permanence() {
    let (stays, log_return) = crash(FALL, PERMANENT, f64::INFINITY);
    assert!((log_return + FALL).abs() < 1e-15);
    assert!((stays.transient - (1.0 - PERMANENT) * FALL).abs() < 1e-15);
    let (gone, log_return) = crash(FALL, 0.0, 1e-9);
    assert_eq!(
        (gone.transient, gone.permanent, log_return),
        (0.0, 0.0, 0.0)
    );
    let (never, log_return) = crash(FALL, 1.0, HALF_LIFE);
    assert_eq!((never.transient, log_return), (0.0, -FALL));
}

#[test]
fn log_returns_of_the_loop_add_up_to_what_is_left_of_it() {
    let (mut state, mut sum) = (Aftermath::default(), 0.0);
    for month in 0..240 {
        let fall = if month % 7 == 3 { 0.11 } else { 0.0 };
        let log_return;
        (state, log_return) = settle(state, fall, 0.2, 9.0);
        sum += log_return;
        let left = state.transient + state.permanent;
        assert!((sum + left).abs() < 1e-12, "{month}: {sum} {left}");
    }
}
