//! Ledgers by hand, month by month and posting by posting.

use crate::common::{asset, close, head};
use crate::verification::{balance, replayed};
use tailwheel::engine::Replay;

/// Services of `value` with a claim that is one number; nothing shakes or wears them.
fn services(value: f64, roi: &str) -> String {
    let keys = format!("roi = \"{roi}\"\nroi_law = \"point\"\nincome_share = 0.9\nvolatility = 0\ndecay = 0");
    asset("saas", "micro-saas-fleet", value, &keys)
}

/// What `cause: object` gave in `month`, or took if it is below zero, and what `cash` has at its end.
fn given(path: &Replay, month: u32, cause: &str, object: &str) -> f64 {
    let is_meant = |index: usize| {
        let label = &path.accounts[index];
        label.object == object && label.cause.is_some_and(|found| found.id() == cause)
    };
    let signed = path.months[month as usize].worlds[0].postings.iter().map(|posting| {
        let from = f64::from(u8::from(is_meant(posting.from.index())));
        let to = f64::from(u8::from(is_meant(posting.to.index())));
        posting.amount * (from - to)
    });
    signed.sum()
}

#[test]
fn income_that_stays_in_its_asset_makes_the_claim_come_true() {
    // 100,000 at 22.9 %, nine tenths of it income, all of it reinvested: 122,900.03 with a ledger in cents
    let path = replayed(&(head("12 months", 1) + &services(100_000.0, "22.9 %")), 0);
    let end = balance(&path, 12, "saas");
    close("value", end, 122_900.0, 1e-12);
    assert!((end - 122_900.03).abs() < 0.05);
    // power: the ledger of a tenth of a point more is another one
    let path = replayed(&(head("12 months", 1) + &services(100_000.0, "23.0 %")), 0);
    assert!((balance(&path, 12, "saas") - 122_900.03).abs() > 0.05);
}

/// 25,000 of services at 28.4 % and 10,000 in an account that earns nothing; 150 a month of compliance and 900 to live
/// on, both with 2.5 % inflation; tax at 20 %, whose base is income less compliance.
fn owner(tax: &str) -> Replay {
    let owner = format!(
        "[owner]\ncash = 10_000\nsurplus = \"keep\"\nspending = \"900/month\"\n\
         compliance_cost = \"1800/year\"\ntax_rate = \"20 %\"\ntax = \"{tax}\"\n\
         [economy]\ninflation.fixed = \"2.5 %\"\ncash_rate = 0\n"
    );
    replayed(&(head("12 months", 1) + &services(25_000.0, "28.4 %") + &owner), 0)
}

/// Month; cash with tax put aside and with tax owed; services, what is put aside, what is owed, income, compliance, living.
///
/// By forty-digit decimals of another program: G = 1.284^(1/12), income = .9(G − 1)V, V ← V + .1(G − 1)V, aside += .2 ×
/// income, owed += .2 × (income − cost), cost = 150 × 1.025^(t/12), living = 900 × 1.025^(t/12); in month 12 .2(Σ income − Σ cost) = 785.106143 is due.
const MONTHS: [(u32, [f64; 2], [f64; 6]); 4] = [
    (
        1,
        [9_326.740_373, 9_421.466_174],
        [25_052.625_445, 94.725_800, 64.664_005, 473.629_002, 150.308_975, 901.853_853],
    ),
    (
        2,
        [8_652.111_062, 8_841.762_062],
        [25_105.361_667, 189.651_000, 129.465_488, 474.625_999, 150.618_587, 903.711_524],
    ),
    (
        7,
        [5_258.321_541, 5_925.604_255],
        [25_370.712_619, 667.282_714, 455.545_305, 479.642_556, 152.176_239, 913.057_436],
    ),
    (12, [2_194.726_293, 2_194.726_293], [25_638.868_196, 0.0, 0.0, 484.712_134, 153.750_000, 922.500_000]),
];

#[test]
fn an_owner_who_earns_pays_and_is_taxed_has_the_ledger_that_is_done_by_hand() {
    let (aside, owing) = (owner("real-time"), owner("annual"));
    for (month, cash, [value, aside_now, owed, income, cost, living]) in MONTHS {
        let near = |what: &str, found: f64, exact: f64| {
            let away = (found - exact).abs();
            assert!(away < 2e-6, "{what} of month {month}: {found}, by hand {exact}");
        };
        for (path, cash) in [&aside, &owing].into_iter().zip(cash) {
            near("cash", balance(path, month, "owner"), cash);
            near("services", balance(path, month, "saas"), value);
            near("income", given(path, month, "income", "saas"), income);
            near("cost", -given(path, month, "cost", "compliance"), cost);
            near("living", -given(path, month, "spending", "spending"), living);
        }
        let put_aside: f64 = (1..=month).map(|t| -given(&aside, t, "tax", "escrow")).sum();
        near("what is put aside", put_aside, aside_now);
        near("what is owed", -balance(&owing, month, "tax"), owed);
    }
    // when tax is taken makes no difference where cash earns nothing
    let end = |path| balance(path, 12, "owner");
    close("cash at the end", end(&aside), end(&owing), 1e-12);
    let due = |path| (1..=12).map(|t| -given(path, t, "tax", "tax")).sum::<f64>();
    for path in [&aside, &owing] {
        assert!((due(path) - 785.106_143).abs() < 2e-6, "{}", due(path));
    }
}
