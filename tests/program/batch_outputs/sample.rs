//! A batch in which everything happens that can, with names that try to break every format.
//!
//! In: nothing. Out: [`everything`], [`all_well`]. Not here: what is expected of them (`main.rs`).

use std::collections::BTreeMap;
use tailwheel::random::Seeds;
use tailwheel::report::Measure;
use tailwheel::report::batch::{
    AgainstPart, BATCH_SCHEMA, BatchReport, CasePart, ChangePart, FaultPart, How, NotePart, State, Turn, Why,
};
use tailwheel::report::edit::{EditPart, PlacePart, PlacedEdit};
use tailwheel::report::gate::{Advice, GateNote, GatePart, GateVerdict};
use tailwheel::stats::{Absent, Estimate, Unit};

/// Signs of XML, Markdown, HTML, workflow commands and terminals.
pub const NASTY: &str = "a|b `c` <i>d</i> & \"e\" 'f' ]]> ::error::g %0A \u{1b}[31m\u{0} @h #1 ö";

pub fn everything() -> BatchReport {
    let mut cases = matrix();
    cases.extend([flash_crash(), luna()]);
    cases.extend(invalid());
    cases.extend([failed(), not_run(), fresh()]);
    BatchReport { cases, missing: vec!["retired/one=1".to_owned(), NASTY.to_owned()], ..all_well() }
}

/// One scenario that passes its gate and is as it was.
pub fn all_well() -> BatchReport {
    BatchReport {
        schema: BATCH_SCHEMA.to_owned(),
        value_version: 3,
        n_files: 9,
        suite: "5u1te".to_owned(),
        baseline: Some("ci/baseline".to_owned()),
        cases: vec![CasePart {
            gates: vec![gate("goal", 0.62, 0.012, (Some(0.5), None), GateVerdict::Pass)],
            against: Some(AgainstPart::of(How::Same)),
            ..case("goal", "scenarios/goal.toml")
        }],
        ..BatchReport::default()
    }
}

fn place(file: &str, line: usize, column: usize, length: usize) -> Option<PlacePart> {
    Some(PlacePart { file: file.to_owned(), line, column, end_line: line, end_column: column + length })
}

fn case(id: &str, file: &str) -> CasePart {
    CasePart {
        id: id.to_owned(),
        file: file.to_owned(),
        choices: Vec::new(),
        state: simulated(id),
        gates: Vec::new(),
        against: None,
        gate_edits: Vec::new(),
        is_stale: false,
        is_accepted: false,
    }
}

fn simulated(id: &str) -> State {
    State::Simulated {
        title: format!("Title of {id} {NASTY}"),
        model_digest: "0123456789abcdef".repeat(4),
        currency: "USD".to_owned(),
        paths: 10_000,
        seeds: Seeds::one(42),
        figures: BTreeMap::new(),
        report: format!("{id}/report.json"),
        report_digest: "fedcba9876543210".repeat(4),
    }
}

fn answer(value: f64, half: f64, unit: Unit) -> Measure {
    let ends = (value - half, value + half);
    let estimate = Estimate { level: 0.99, ..Estimate::with_interval(value, half / 2.576, ends, 10_000) };
    Measure::new(unit, &estimate)
}

type Limits = (Option<f64>, Option<f64>);

fn gate(id: &str, value: f64, half: f64, (above, below): Limits, verdict: GateVerdict) -> GatePart {
    GatePart {
        id: id.to_owned(),
        measure: "loss.probability".to_owned(),
        above,
        below,
        confidence: 0.99,
        answer: Some(answer(value, half, Unit::Probability)),
        verdict,
        place: place("scenarios/matrix.toml", 31, 12, 4),
        ..GatePart::default()
    }
}

/// 48 variants: some fail, some cannot be decided.
fn matrix() -> Vec<CasePart> {
    let mut cases = Vec::new();
    for (residence, tax) in [("estonia", 0.0), ("germany", 0.035), ("portugal", 0.013)] {
        for spend in [1000.0, 1500.0, 2000.0, 2500.0] {
            for lockstep in [0.25, 0.5, 0.75, 1.0] {
                let value = 0.06 + tax + spend * 2.2e-5 + 0.032 * lockstep;
                cases.push(variant([residence, &spend.to_string(), &lockstep.to_string()], value));
            }
        }
    }
    cases
}

/// A case by its values of the axes and by its probability of loss.
fn variant([residence, spend, lockstep]: [&str; 3], value: f64) -> CasePart {
    let verdict = match value {
        value if value - 0.009 > 0.15 => GateVerdict::Fail,
        value if value + 0.009 < 0.15 => GateVerdict::Pass,
        _ => GateVerdict::Inconclusive,
    };
    let id = format!("matrix/residence={residence},spend={spend},lockstep={lockstep}");
    let mut ruin = gate("no-ruin", value, 0.009, (None, Some(0.15)), verdict);
    if verdict == GateVerdict::Inconclusive {
        ruin.paths_to_decide = Some(840_000);
        ruin.advice = Some(Advice::Paths { run: [40_000, 840_000], decide: [62_000, 2_100_000] });
    }
    let mut wealth =
        gate("keeps", 412_400.0 - 900_000.0 * value, 9_200.0, (Some(200_000.0), None), GateVerdict::Pass);
    wealth.measure = "wealth.terminal.p50".to_owned();
    wealth.place = place("scenarios/matrix.toml", 37, 9, 7);
    wealth.answer.as_mut().unwrap().unit = Unit::Money;
    CasePart {
        choices: [("residence", residence), ("spend", spend), ("lockstep", lockstep)]
            .map(|(axis, value)| (axis.to_owned(), value.to_owned()))
            .to_vec(),
        gates: vec![ruin, wealth],
        against: Some(AgainstPart::of(How::Same)),
        ..case(&id, "scenarios/matrix.toml")
    }
}

/// One key was edited, two figures moved.
fn flash_crash() -> CasePart {
    let changes = vec![
        change("loss.probability", Unit::Probability, 0.081, 0.094, 0.0014),
        change("wealth.terminal.p50", Unit::Money, 271_234.0, 262_050.0, 480.0),
        change("drawdown.max.p95", Unit::Fraction, 0.41, 0.43, 0.0),
    ];
    let file = "scenarios/flash-crash.toml";
    let (jumps, base) = (Some("{ rate = \"0.5/year\" }"), place("scenarios/_market.toml", 9, 1, 30));
    let edits = vec![
        edit("crash.lockstep", Some("0.7"), Some("0.8"), place(file, 31, 12, 3)),
        edit("asset.defi.jumps", None, jumps, base),
        edit("asset.saas.decay", Some("\"5 %/year\""), None, None),
    ];
    CasePart {
        gates: vec![GatePart {
            answer: None,
            verdict: GateVerdict::Absent,
            note: Some(GateNote::Absent(Absent::HorizonTooShort)),
            ..gate("year-1", 0.0, 0.0, (None, Some(0.3)), GateVerdict::Absent)
        }],
        against: Some(AgainstPart { changes, edits, ..AgainstPart::of(How::Unpaired) }),
        ..case("flash-crash", file)
    }
}

fn change(measure: &str, unit: Unit, base: f64, new: f64, std_error: f64) -> ChangePart {
    ChangePart {
        measure: measure.to_owned(),
        unit,
        base: Some(base),
        new: Some(new),
        difference: Some(new - base),
        std_error: Some(std_error),
        turn: Turn::Worse,
    }
}

fn edit(key: &str, from: Option<&str>, to: Option<&str>, place: Option<PlacePart>) -> PlacedEdit {
    let [from, to] = [from, to].map(|value| value.map(str::to_owned));
    PlacedEdit { edit: EditPart { key: key.to_owned(), from, to }, place }
}

/// Held against figures of another value version.
fn luna() -> CasePart {
    CasePart {
        against: Some(AgainstPart {
            why: vec![Why::OtherVersion { baseline: 2, program: 3 }],
            changes: vec![change("cagr.p50", Unit::FractionPerYear, 0.071, 0.043, 0.002)],
            ..AgainstPart::of(How::OtherVersion)
        }),
        ..case("luna", "scenarios/luna.toml")
    }
}

fn fault(line: usize) -> FaultPart {
    FaultPart {
        code: "unknown-key".to_owned(),
        message: "unknown key `revinue` in asset `saas`".to_owned(),
        place: place("scenarios/_market.toml", line, 9, 7),
        label: "did you mean `revenue`?".to_owned(),
        notes: vec![NotePart { name: "write".to_owned(), text: "revenue = \"a|b\"".to_owned() }],
    }
}

/// Two files that extend one base, with a fault in it, and one more in the first.
fn invalid() -> [CasePart; 2] {
    let nasty = FaultPart { code: "syntax".to_owned(), message: NASTY.to_owned(), ..FaultPart::default() };
    let of = |faults: Vec<FaultPart>, id: &str, file: &str| in_state(State::Invalid { faults }, id, file);
    [
        of(vec![fault(18), nasty], "one-platform", "scenarios/one-platform.toml"),
        of(vec![fault(18)], "two-platforms", "scenarios/sub folder/two #platforms.toml"),
    ]
}

fn in_state(state: State, id: &str, file: &str) -> CasePart {
    CasePart { state, ..case(id, file) }
}

fn failed() -> CasePart {
    let why = "100,000 paths need about 90,000 MB of memory, and 16,000 MB can be had".to_owned();
    in_state(State::Failed { why }, "huge", "scenarios/huge.toml")
}

fn not_run() -> CasePart {
    let why = "the batch ended after --max-time".to_owned();
    in_state(State::NotRun { why, is_after_failure: false }, "late", "scenarios/late.toml")
}

fn fresh() -> CasePart {
    CasePart {
        against: Some(AgainstPart::of(How::New)),
        ..case(&format!("fresh {NASTY}"), "scenarios/fresh.toml")
    }
}
