//! Cost of every kind of stage, at every SIMD level of this CPU.
//!
//! In: nothing. Out: a table in ns per path and month, the least of many repetitions of a year, so
//! that a busy machine disturbs it little. Not here: functions (`kernels`), whole workloads
//! (`workloads`).
//!
//! `cargo bench --bench stages -- [--level NAME]`. Stages are those of small scenarios; a stage is
//! known by its place among the month's, and how many there are is checked.

#[path = "stages/bed.rs"]
mod bed;
mod support;

use bed::{Bed, joint, month, run};
use std::hint::black_box;
use tailwheel::math::Lanes;
use tailwheel::math::histogram::Counter;
use tailwheel::random::{Address, ObjectKind, Purpose, Stream};
use tailwheel::stage::{Level, Work};

/// What is timed: a function of the level that returns ns per path and month.
struct Case {
    name: &'static str,
    measure: Box<dyn Fn(Level) -> f64>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let levels = support::levels(&arguments);
    print!("| ns per path and month |");
    levels.iter().for_each(|level| print!(" {} |", level.name()));
    println!("\n|---|{}", "--:|".repeat(levels.len()));
    for case in cases() {
        print!("| {} |", case.name);
        for level in &levels {
            print!(" {:.3} |", (case.measure)(*level));
        }
        println!();
    }
}

fn cases() -> Vec<Case> {
    let mut cases = stages();
    for (name, n, dof) in [
        ("normals and joint shocks, 1 market", 1, None),
        ("the same, 4 markets", 4, None),
        ("the same, 8 markets", 8, None),
        ("the same, 32 markets", 32, None),
        ("normals and joint shocks, t copula, 8 markets", 8, Some(4)),
    ] {
        cases.push(Case { name, measure: Box::new(move |level| joint(n, dof, level)) });
    }
    cases.push(Case { name: "a row counted into a histogram", measure: Box::new(counter) });
    cases.push(Case {
        name: "a month of eight assets, nothing kept",
        measure: Box::new(|level| month(8, level)),
    });
    cases.push(Case {
        name: "a month of eight assets, kept by the recorder",
        measure: Box::new(|level| run(8, level)),
    });
    cases
}

fn stages() -> Vec<Case> {
    let owner = "surplus = \"reinvest\"\nrebalance = \"1 month\"\n";
    [
        ("revalue, one growth", Bed::claim("roi = 0.05"), 0, 1),
        ("revalue, growth per path", Bed::claim("roi = \"4-6 %\"\nroi_law = \"p05-p95\""), 0, 1),
        ("revalue and keep the start", Bed::claim("roi = 0.05\nincome_share = 1"), 0, 2),
        ("pay", Bed::claim("roi = 0.05\nincome_share = 1"), 1, 2),
        (
            "income noise",
            Bed::claim("roi = 0.05\nincome_share = 1\nincome_log_sd = 0.4\nincome_half_life = \"6 weeks\""),
            1,
            3,
        ),
        (
            "pay with noise",
            Bed::claim("roi = 0.05\nincome_share = 1\nincome_log_sd = 0.4\nincome_half_life = \"6 weeks\""),
            2,
            3,
        ),
        ("decay", Bed::claim("roi = 0.05\nroi_basis = \"gross\"\ndecay = \"5 %/year\""), 1, 2),
        (
            "jump factors of a market",
            Bed::claim(
                "roi = 0.05\njumps = { rate = \"0.5/year\", mean = -0.1, sd = 0.15 }\nvolatility = 0.3",
            ),
            0,
            3,
        ),
        (
            "jump of a value",
            Bed::claim(
                "roi = 0.05\njumps = { rate = \"0.5/year\", mean = -0.1, sd = 0.15 }\nvolatility = 0.3",
            ),
            2,
            3,
        ),
        ("interest", Bed::claim("roi = 0.05").with_owner("surplus = \"keep\"\n"), 1, 2),
        ("rebalance four holdings", Bed::four("roi = 0.05").with_owner(owner), 5, 7),
        ("reinvest in four holdings", Bed::four("roi = 0.05").with_owner(owner), 6, 7),
    ]
    .into_iter()
    .map(|(name, bed, stage, n_stages)| Case {
        name,
        measure: Box::new(move |level| bed.stage(stage, n_stages, level)),
    })
    .collect()
}

/// [`Counter::add_row`] on wealth that spreads over an octave or two.
fn counter(level: Level) -> f64 {
    let mut row = Lanes::ZERO;
    Stream::open(&Address::new(1, Purpose::Experiment, ObjectKind::World, "bench"), 0).uniforms(&mut row);
    row.iter_mut().for_each(|value| *value = 0.3 + 2.0 * *value);
    let mut counter = Counter::default();
    bed::least_of_years(
        || (),
        |()| {
            level.run(CountRow { counter: &mut counter, row: black_box(&row) });
        },
    )
}

struct CountRow<'a> {
    counter: &'a mut Counter,
    row: &'a Lanes,
}

impl Work for CountRow<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.counter.add_row(self.row, self.row.len());
    }
}
