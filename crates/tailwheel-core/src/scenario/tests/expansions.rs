//! Launches that others pay for: who may pay for whom.

use super::support::{Text, refused, valid};
use super::writable::FLYWHEEL;

fn paid() -> String {
    FLYWHEEL.replace("after = \"3 months\", fails", "from = \"course\", share = 0.6, fails")
}

#[test]
fn what_an_income_pays_for_stands_after_who_pays() {
    let within = |months: &str| paid().replace("8 years", months).replace("2031-01", "2027-01");
    // the course is launched after 8 months and pays for one, then building takes three
    refused(&within("11 months")).has("launched after 12 months at the earliest");
    valid(&within("12 months"));
    // who is refused is not said to pay nothing
    refused(&paid().replace("price        = 50", "price        = \"5O\"")).lacks("pays nothing");
}

#[test]
fn who_pays_for_whom_is_held_against_what_there_is() {
    let both =
        paid().replace("cost = 600, time = \"3 months\"", "cost = 600, from = \"course\", share = 0.6");
    refused(&both)
        .has("`course` cannot pay for all of these launches")
        .has("together they take 120 % of its income")
        .has("`course` has no audience at its start");
    // the remedies: one share less, one site that is there
    let one = both.replace("cost = 600, from = \"course\", share = 0.6", "cost = 600, time = \"3 months\"");
    let scenario = valid(&one);
    assert_eq!(scenario.assets[1].paid_from(), Some(("course", 0.6)));
    // what the course earns is told by who is there from the start
    let income = 2.0 * 6_000.0 * 0.005 * 50.0 * 0.9;
    assert!((scenario.assets[2].keys.value.get() - 30.0 * income).abs() < 1e-6);
    let growing = one.replace("from = \"course\"", "from = \"token\"")
        + "\n[[asset]]\nname = \"token\"\nclass = \"ai-managed-portfolio\"\nvalue = 1_000\nroi = \"10 %\"\nincome_share = 0\n";
    refused(&growing).has("`token` has no income");
    assert!(valid(&growing.replace("income_share = 0", "income_share = 0.1")).has_obligations());
}
