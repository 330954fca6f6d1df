use super::super::samples::{self, case, change, edit, place};
use super::super::{How, PlacePart, PlacedEdit};
use super::*;

fn commands(annotations: &[Annotation<'_>]) -> String {
    String::from_utf8(github_commands(annotations).into_bytes()).expect("text")
}

/// Returns the workflow command for a missing scenario at this position; its names need every escape of the format.
fn at(line: usize, column: usize, end_line: usize, end_column: usize) -> String {
    let mut batch = samples::batch(vec![case("a")]);
    batch.missing = vec!["100 %\r\nand: more, too".to_owned()];
    batch.baseline = Some("a,b:c".to_owned());
    let mut annotations = batch.annotations();
    annotations[0].place = Some(PlacePart { file: "a,b:c".to_owned(), line, column, end_line, end_column });
    commands(&annotations)
}

#[test]
fn signs_of_the_command_are_written_as_numbers() {
    let command = at(3, 5, 3, 9);
    let begins = "::error file=a%2Cb%3Ac,line=3,col=5,endLine=3,endColumn=9,title=";
    assert!(command.starts_with(begins), "{command}");
    assert!(command.ends_with("::100 %25  and: more, too\n"), "{command}");
}

#[test]
fn a_stretch_of_lines_has_no_columns_and_ends_with_its_last_whole_line() {
    assert!(at(3, 1, 6, 1).contains("line=3,endLine=5,title"));
    assert!(at(3, 1, 6, 4).contains("line=3,endLine=6,title"));
}

#[test]
fn one_edited_line_is_one_annotation_however_many_files_inherit_it() {
    let line = || edit("crash.lockstep", "0.7", "0.8", place("_market.toml", 9, 1));
    let own = || edit("title", "a", "b", place("e.toml", 2, 1));
    let changed = |id: &str, edits: Vec<PlacedEdit>| {
        samples::changed(id, How::Unpaired, vec![change("loss.probability", 0.1, 0.2, 0.01)], edits)
    };
    let mut cases = ["a", "b", "c", "d"].map(|id| changed(id, vec![line()])).to_vec();
    cases.push(changed("e", vec![own(), line()]));
    let batch = samples::batch(cases);
    let all = batch.annotations();
    let files: Vec<&str> = all.iter().map(|one| &*one.file).collect();
    assert_eq!(files, ["_market.toml", "e.toml"]);
    assert_eq!([all[0].found.len(), all[1].found.len()], [5, 1]);
    assert_eq!(commands(&all).lines().count(), 2);
}
