//! A run out of the files of its parts: the same bits for any tiling, and no damage goes unseen.

use crate::common::control;
use crate::determinism::parts::{
    SMALL, WITH_LOOP, assert_same, closed, outcome, part, plan_of, refuses_any_damage,
};
use proptest::prelude::*;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tailwheel::engine::{
    Foreign, Joined, NotJoined, Opened, Origin, Outcome, Part, RandomAccess, Unusable, n_blocks,
};
use tailwheel::plan::Plan;
use tailwheel::stage::Level;

const TEXTS: &[u8] = b"what was read";

fn origin(plan: &Plan) -> Origin {
    Origin {
        title: "A title with a \u{201c}quote\u{201d} and a\nline".to_owned(),
        paths: plan.n_paths,
        ..Origin::default()
    }
}

fn file(plan: &Plan, part: &Part) -> Vec<u8> {
    let mut bytes = Vec::new();
    part.write(&origin(plan), TEXTS, &mut bytes).expect("memory takes all");
    bytes
}

fn opened(bytes: Vec<u8>) -> Result<Opened, String> {
    Opened::open(Arc::new(bytes)).map_err(|why| why.to_string())
}

fn joined(files: &[Opened]) -> Joined {
    Joined::of(files).expect("they follow")
}

fn ended(joined: Joined, plan: &Plan) -> Outcome {
    let failure = joined.failure().clone();
    let outcome = joined.into_outcome(plan, &control(Level::detect()));
    assert_eq!(failure.get(), None);
    outcome.expect("a finite run")
}

proptest! {
    #![proptest_config(crate::determinism::few())]

    #[test]
    fn any_tiling_into_files_gives_the_same_bits(
        n_paths in 1_u64..3_000,
        cuts in prop::collection::vec(0_u64..12, 0..5),
    ) {
        let plan = plan_of(WITH_LOOP, n_paths);
        let end = n_blocks(&plan);
        let mut cuts: Vec<u64> = cuts.into_iter().map(|cut| cut.min(end)).chain([0, end]).collect();
        cuts.sort_unstable();
        let files: Vec<Opened> = cuts
            .windows(2)
            .map(|cut| opened(file(&plan, &part(&plan, cut[0]..cut[1]))).expect("whole"))
            .collect();
        let whole = joined(&files);
        // files of files are the file of the whole
        let mut bytes = Vec::new();
        whole.write(&origin(&plan), TEXTS, &mut bytes).expect("memory takes all");
        prop_assert!(bytes == file(&plan, &part(&plan, 0..end)));
        assert_same(&ended(whole, &plan), &outcome(&plan));
    }
}

#[test]
fn the_first_blocks_of_a_longer_run_are_a_shorter_run() {
    let (long, short) = (plan_of(WITH_LOOP, 6_000), plan_of(WITH_LOOP, 2_560));
    let files = [0..3, 3..10].map(|blocks| opened(file(&long, &part(&long, blocks))).expect("whole"));
    let whole = joined(&files);
    assert!(whole.fits(&short));
    assert_same(&ended(whole, &short), &outcome(&short));
}

#[test]
fn the_first_line_says_what_the_part_is_of() {
    let plan = plan_of(SMALL, 600);
    let bytes = file(&plan, &part(&plan, 1..3));
    let end = bytes.iter().position(|byte| *byte == b'\n').expect("a line");
    let line = std::str::from_utf8(&bytes[..end]).expect("text");
    let head: serde_json::Value = serde_json::from_str(line).expect("JSON");
    assert_eq!(head["format"], "tailwheel-part");
    assert_eq!(head["format_version"], 4);
    assert_eq!(head["blocks"], serde_json::json!({ "start": 1, "end": 3 }));
    assert_eq!((&head["n_paths"], &head["paths"]), (&344.into(), &600.into()));
    let wealth = head["columns"].as_array().expect("a list").iter().find(|column| column["id"] == "wealth");
    let wealth = wealth.expect("every run keeps wealth");
    assert_eq!((&wealth["storage"], &wealth["bytes"]), (&"f64".into(), &(344 * 8).into()));
    let offset = wealth["offset"].as_u64().expect("a number") as usize;
    let first = f64::from_le_bytes(bytes[offset..][..8].try_into().expect("eight"));
    let whole = part(&plan, 0..3);
    let id = tailwheel::stage::TrackId::of("wealth");
    assert_eq!(closed(whole, &plan).column(id).expect("kept")[256].to_bits(), first.to_bits());
    let opened = opened(bytes).expect("whole");
    assert_eq!((opened.texts().expect("readable").as_slice(), opened.blocks()), (TEXTS, 1..3));
    let Origin { value_version, model_digest, .. } = opened.head.origin.clone();
    assert_eq!(opened.head.origin, Origin { value_version, model_digest, ..origin(&plan) });
}

#[test]
fn any_damage_to_a_file_is_found() {
    let plan = plan_of(SMALL, 9);
    let bytes = file(&plan, &part(&plan, 0..1));
    refuses_any_damage(&bytes, |bytes| opened(bytes.to_vec()).is_ok());
    assert_eq!(opened([&bytes[..], &[0]].concat()).err().as_deref(), Some("1 byte follows its end"));
}

#[test]
fn files_of_two_runs_or_with_blocks_missing_are_not_one_part() {
    let plan = plan_of(SMALL, 2_000);
    let other = plan_of(&SMALL.replace("seed = 9", "seed = 10"), 2_000);
    let of = |plan: &Plan, blocks| opened(file(plan, &part(plan, blocks))).expect("whole");
    let blocks = |ends, begins| Foreign::Blocks { ends, begins };
    for (first, next, why) in [
        (of(&plan, 0..2), of(&plan, 3..4), blocks(2, 3)),
        (of(&plan, 0..2), of(&plan, 1..4), blocks(2, 1)),
        (of(&plan, 0..2), of(&other, 2..4), Foreign::Scenario),
    ] {
        let found = Joined::of(&[first, next]).expect_err("they are not one part");
        assert_eq!(found.to_string(), why.to_string());
        assert!(matches!(found, NotJoined::Foreign(1, found) if found == why));
    }
}

/// Bytes that a system gives, or does not give any more.
#[derive(Debug, Default)]
struct Moody {
    bytes: Vec<u8>,
    is_gone: AtomicBool,
    is_changed: AtomicBool,
}

impl RandomAccess for Moody {
    fn n_bytes(&self) -> io::Result<u64> {
        self.bytes.n_bytes()
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
        match self.is_gone.load(Ordering::Relaxed) {
            true => Err(io::ErrorKind::PermissionDenied.into()),
            false => self.bytes.read_at(at, into),
        }
    }

    fn check_unchanged(&self) -> io::Result<()> {
        if self.is_changed.load(Ordering::Relaxed) { Err(io::Error::other("it was changed")) } else { Ok(()) }
    }
}

#[test]
fn a_file_that_is_changed_or_gone_later_is_a_failure_of_all() {
    let plan = plan_of(SMALL, 600);
    let moody = |is_changed: bool| {
        let sources = [0..1, 1..3].map(|blocks| {
            let bytes = file(&plan, &part(&plan, blocks));
            Arc::new(Moody { bytes, ..Moody::default() })
        });
        let files = sources.clone().map(|source| Opened::open(source).expect("whole"));
        let whole = joined(&files);
        let failure = whole.failure().clone();
        assert_eq!(failure.get(), None);
        let mood = if is_changed { &sources[1].is_changed } else { &sources[1].is_gone };
        mood.store(true, Ordering::Relaxed);
        let mut bytes = Vec::new();
        whole.write(&origin(&plan), TEXTS, &mut bytes).expect("memory takes all");
        failure.get().expect("it was seen").to_owned()
    };
    assert_eq!(moody(true), "it was changed");
    assert_eq!(moody(false), io::Error::from(io::ErrorKind::PermissionDenied).to_string());
}

#[test]
fn what_cannot_be_read_or_is_of_another_version_is_not_damaged() {
    let plan = plan_of(SMALL, 9);
    let bytes = file(&plan, &part(&plan, 0..1));
    let unusable = |source: Moody| Opened::open(Arc::new(source)).expect_err("it is not to be used");
    let gone = Moody { bytes: bytes.clone(), is_gone: true.into(), ..Moody::default() };
    assert!(matches!(unusable(gone), Unusable::Unread(_)));
    let short = Moody { bytes: bytes[..bytes.len() - 1].to_vec(), ..Moody::default() };
    assert!(matches!(unusable(short), Unusable::Damaged(_)));
    let end = bytes.iter().position(|byte| *byte == b'\n').expect("a line");
    let line = String::from_utf8_lossy(&bytes[..end]).into_owned();
    for key in ["format_version", "value_version"] {
        let line = line.replace(&format!("\"{key}\":"), &format!("\"{key}\":9"));
        let bytes = [&line.as_bytes()[..end], &bytes[end..]].concat();
        let other = Moody { bytes, ..Moody::default() };
        assert!(matches!(unusable(other), Unusable::Version(_)), "{key}");
    }
}
