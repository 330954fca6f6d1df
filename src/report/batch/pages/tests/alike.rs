//! What is said of a comparison is said on every output.

use super::super::super::samples::{self, case, change, edit, not_run, place};
use super::super::super::{AgainstPart, ChangePart, Conclusion, GateVerdict, How};
use super::{changed, text_of, with_gate};

#[test]
fn an_error_that_is_not_known_is_never_shown_as_none() {
    let mut found = changed("a", Vec::new());
    if let Some(AgainstPart { changes, .. }) = &mut found.against {
        changes[0].std_error = None;
    }
    let batch = samples::batch(vec![found]);
    let text = text_of(&batch);
    assert!(
        text.contains("8.12 %   9.41 %         +1.3 ± ? pt"),
        "{text}"
    );
    assert!(text.contains("CHANGED  against the baseline;"), "{text}");
    for text in [batch.to_summary(), batch.to_junit(), batch.to_page()] {
        assert!(text.contains("+1.3 ± ? pt"), "{text}");
    }
}

#[test]
fn every_sign_is_explained_where_it_is_printed() {
    let unknown = "± ? marks a difference whose error these paths cannot tell.";
    let half = "± is half the 95 % interval of the difference.";
    let points = "pt are percentage points.";
    let nothing = "– marks a figure that is not there.";
    let said = |change_of: &dyn Fn(&mut ChangePart)| {
        let mut found = changed("a", Vec::new());
        if let Some(AgainstPart { changes, .. }) = &mut found.against {
            change_of(&mut changes[0]);
        }
        let batch = samples::batch(vec![found]);
        let texts = [text_of(&batch), batch.to_summary(), batch.to_page()];
        let texts = texts.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let is_said = |sign: &str| texts.each_ref().map(|text| text.contains(sign));
        [unknown, half, points, nothing].map(|sign| {
            let [screen, summary, page] = is_said(sign);
            assert!(screen == summary && summary == page, "{sign}: {texts:?}");
            screen
        })
    };
    assert_eq!(said(&|_| ()), [false, true, true, false]);
    let unknown = said(&|change| change.std_error = None);
    assert_eq!(unknown, [true, true, true, false]);
    let gone = said(&|change| {
        (change.new, change.difference, change.std_error) = (None, None, None);
    });
    assert_eq!(gone, [false, false, false, true]);
    let no_change = samples::batch(vec![case("a")]);
    assert!(!no_change.to_summary().contains('±'));
}

#[test]
fn figures_that_do_not_compare_are_a_change_with_its_reason_everywhere() {
    let why = "the baseline is in USD, this scenario in EUR: such figures do not compare";
    let mut found = case("a");
    found.against = Some(AgainstPart {
        why: Some(why.to_owned()),
        edits: vec![edit("currency", "USD", "EUR", place("a.toml", 4, 1))],
        ..AgainstPart::of(How::Apart)
    });
    let batch = samples::batch(vec![found]);
    assert_eq!(batch.conclusion(), Conclusion::No);
    let screen = text_of(&batch).replace("\n  ", " ");
    assert!(screen.contains("1 changed, 0 pass."), "{screen}");
    assert!(
        screen.contains("CHANGED  against the baseline;"),
        "{screen}"
    );
    let annotation = &batch.annotations()[0];
    assert_eq!(
        (annotation.kind.as_str(), annotation.file.as_str()),
        ("changed", "a.toml")
    );
    for text in [
        screen,
        batch.to_summary(),
        batch.to_junit(),
        batch.to_page(),
        annotation.text.clone(),
    ] {
        assert!(text.contains(why) && text.contains("currency"), "{text}");
    }
    assert!(batch.to_junit().contains("failures=\"1\""));
}

#[test]
fn other_figures_of_one_model_claim_no_cause_and_no_error() {
    let mut found = case("a");
    found.against = Some(AgainstPart {
        why: Some("the program changed, or the line was edited".to_owned()),
        changes: vec![change("loss.probability", 0.1, 0.1 + 1e-9, 0.0)],
        ..AgainstPart::of(How::Same)
    });
    let batch = samples::batch(vec![found]);
    let text = text_of(&batch).replace("\n  ", " ");
    assert!(text.contains("CHANGED  against the baseline;"), "{text}");
    assert!(
        !text.contains("beyond its error") && text.contains("or the line was edited"),
        "{text}"
    );
}

#[test]
fn a_figure_that_is_gone_is_said_to_be() {
    let mut gone = change("loss.probability", 0.0812, 0.0, 0.0);
    (gone.new, gone.difference, gone.std_error) = (None, None, None);
    let mut found = changed("a", Vec::new());
    if let Some(AgainstPart { changes, .. }) = &mut found.against {
        *changes = vec![gone];
    }
    let batch = samples::batch(vec![found]);
    assert!(
        text_of(&batch).contains("8.1 %     –     no longer there\n"),
        "{}",
        text_of(&batch)
    );
    assert!(
        batch
            .to_summary()
            .contains("| 8.1 % | – | no longer there |")
    );
}

#[test]
fn a_gate_judged_at_a_later_look_has_its_own_level_and_paths() {
    let mut found = with_gate("a", GateVerdict::Fail);
    let answer = found.gates[0].answer.as_mut().expect("a figure");
    (answer.level, answer.n) = (0.99875, 80_000);
    let batch = samples::batch(vec![found, with_gate("b", GateVerdict::Fail)]);
    let text = text_of(&batch);
    assert!(text.contains("        interval\n"), "{text}");
    assert!(
        text.contains("      99.875 % interval of 80,000 paths\n"),
        "{text}"
    );
    let alone = samples::batch(vec![batch.cases[0].clone()]);
    assert!(text_of(&alone).contains("99.875 % interval\n"));
    for text in [alone.to_summary(), alone.to_junit(), alone.to_page()] {
        assert!(text.contains("99.875 % interval of 80,000 paths"), "{text}");
        assert!(!text.contains("99 % interval"), "{text}");
    }
}

#[test]
fn what_a_shard_or_a_filter_left_out_is_not_counted_as_here() {
    let ids = ["m/x=1", "m/x=3"];
    let mut batch = samples::batch(ids.map(case).to_vec());
    (batch.n_files, batch.n_scenarios, batch.shard) = (3, 9, Some([1, 3]));
    batch.cases.push(not_run("z"));
    let head = "3 of 9 scenarios of 3 files · 0 gates · shard 1 of 3";
    let text = text_of(&batch);
    assert!(text.contains(head), "{text}");
    assert!(batch.to_summary().contains(head));
}

#[test]
fn the_summary_names_edits_that_moved_nothing_and_keeps_reasons_out_of_the_intervals() {
    let mut edited = with_gate("a", GateVerdict::Absent);
    edited.against = Some(AgainstPart {
        edits: vec![edit("crash.lockstep", "0.7", "0.8", place("a.toml", 3, 1))],
        ..AgainstPart::of(How::Paired)
    });
    let text = samples::batch(vec![edited]).to_summary();
    assert!(text.contains("#### EDITED\n"), "{text}");
    assert!(
        text.contains("`crash.lockstep` 0.7 → 0.8 at `a.toml:3:1`"),
        "{text}"
    );
    assert!(
        text.contains("| no such figure") && text.contains("nothing was put in"),
        "{text}"
    );
}

#[test]
fn the_page_leaves_out_no_row() {
    let ids = ["m/place=germany,spend=1", "m/place=germany,spend=2"];
    let cases = ids.map(|id| with_gate(id, GateVerdict::Fail)).to_vec();
    let page = samples::batch(cases).to_page();
    assert!(page.contains("m/<wbr>place=germany,<wbr>spend=1") && !page.contains("more, all"));
}

#[test]
fn an_update_leaves_nothing_to_be_done() {
    let mut new = case("n");
    new.against = Some(AgainstPart::of(How::New));
    let mut batch = samples::batch(vec![changed("a", Vec::new()), new]);
    batch.missing = vec!["gone".to_owned()];
    assert_eq!(
        batch
            .screen(false)
            .to_text(80)
            .matches("--update-baseline")
            .count(),
        3
    );
    let update = batch.screen(true).to_text(80);
    assert!(!update.contains("--update-baseline"), "{update}");
    assert!(
        update.contains("NEW  not in the baseline before\n"),
        "{update}"
    );
}
