//! What a review shall show beside the lines of a file.
//!
//! In: a [`BatchReport`] or a [`CheckReport`]. Out: [`Annotation`]s, the most important first, as
//! workflow commands of GitHub Actions and as a code quality report of GitLab CI. Not here: what is found
//! (`findings`), writing them (`cli`).

use super::findings::{At, Finding};
use super::{BatchReport, CheckReport, PlacePart, Standing};
use crate::figure::{counted, grouped};
use crate::report::json::text_of;
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Scenarios that one annotation names.
const MOST_NAMED: usize = 5;

/// Something to be shown at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Whether it fails the batch; else it is only said.
    pub is_error: bool,
    /// Stable word of the kind: the code of a fault, `gate-fails`, `changed`.
    pub kind: String,
    /// What makes it the same annotation when lines move and figures change.
    pub identity: String,
    pub file: String,
    /// None: about the whole file.
    pub place: Option<PlacePart>,
    /// A few words.
    pub title: String,
    /// One line or more.
    pub text: String,
}

/// A finding of one scenario at one of its places.
type Placed<'f> = (&'f str, &'f Finding, &'f At);

impl BatchReport {
    /// Faults, gates that fail, figures that moved, gates that cannot be decided.
    ///
    /// What stands at one place for many scenarios is one annotation.
    pub fn annotations(&self) -> Vec<Annotation> {
        let cases = self.cases.iter();
        let found: Vec<(&str, Finding)> = cases
            .flat_map(|case| {
                let found = self.findings(case).into_iter();
                found.map(|finding| (&*case.id, finding))
            })
            .filter(|(_, finding)| finding.standing != Standing::Pass)
            .collect();
        let mut annotations = annotated(&found);
        let missing = self.missing_of_baseline();
        // before what is only said
        let at = annotations.iter().take_while(|one| one.is_error).count();
        annotations.splice(at..at, missing);
        annotations
    }

    /// Ids of the baseline that are gone, at the baseline.
    fn missing_of_baseline(&self) -> Option<Annotation> {
        let file = self.baseline.as_ref();
        let file = file.filter(|_| !self.missing.is_empty())?;
        let n = self.missing.len();
        Some(Annotation {
            is_error: true,
            kind: "missing".to_owned(),
            identity: String::new(),
            file: file.clone(),
            place: None,
            title: format!("{} of the baseline missing", counted(n, "scenario")),
            text: listed(self.missing.clone()),
        })
    }
}

impl CheckReport {
    /// Every fault of every file.
    pub fn annotations(&self) -> Vec<Annotation> {
        let files = self.files.iter();
        let faults = files.flat_map(|file| {
            let faults = file.faults().iter();
            faults.map(|fault| ("", Finding::of_fault(&file.file, fault)))
        });
        annotated(&faults.collect::<Vec<_>>())
    }
}

/// One annotation for each place and kind, the worst first.
fn annotated(found: &[(&str, Finding)]) -> Vec<Annotation> {
    let placed = found.iter().flat_map(|(id, finding)| {
        let places = finding.at.iter();
        places.map(move |at| (*id, finding, at))
    });
    // however many other edits a scenario has
    let place = |at: &At| (at.identity.clone(), at.file.clone(), at.place.clone());
    let is_alike = |(_, a, at): &Placed<'_>, (_, b, beside): &Placed<'_>| {
        a.kind == b.kind && place(at) == place(beside) && a.title == b.title
    };
    let mut groups = crate::study::alike(placed, is_alike);
    groups.sort_by_key(|group| {
        let finding = group[0].1;
        (!finding.is_counted, Reverse(finding.standing))
    });
    groups.iter().map(|group| annotation(group)).collect()
}

fn annotation(group: &[Placed<'_>]) -> Annotation {
    let (_, finding, at) = group[0];
    let n = match group.len() {
        1 => String::new(),
        n => format!(" ({})", counted(n, "scenario")),
    };
    // a fault of a base is one of every file that extends it
    let is_of_file = finding.standing == Standing::Invalid;
    let lines = match is_of_file {
        true => vec![finding.body()],
        false => group
            .iter()
            .map(|(id, finding, _)| format!("{id}: {}", finding.body().replace('\n', "\n  ")))
            .collect(),
    };
    let said = at.said.iter().map(|said| match others(group) {
        Some(others) => format!("{said}, with {others}"),
        None => said.clone(),
    });
    Annotation {
        is_error: finding.is_counted,
        kind: finding.kind.clone(),
        identity: at.identity.clone(),
        file: at.file.clone(),
        place: at.place.clone(),
        title: format!("{}{}", finding.title, if is_of_file { "" } else { &n }),
        text: said.chain([listed(lines)]).collect::<Vec<_>>().join("\n"),
    }
}

/// How many other edits the figures of these scenarios are of as well, if they are.
fn others(group: &[Placed<'_>]) -> Option<String> {
    let numbers = || group.iter().map(|(_, _, at)| at.n_others);
    let (least, most) = (numbers().min()?, numbers().max()?);
    match (least, most) {
        (_, 0) => None,
        _ if least == most => Some(counted(most, "other edit")),
        _ => Some("other edits in some of them".to_owned()),
    }
}

/// The first few lines, and how many more there are.
fn listed(lines: Vec<String>) -> String {
    let more = match lines.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        n => format!("\n{} more", grouped(n as u64)),
    };
    let shown: Vec<String> = lines.into_iter().take(MOST_NAMED).collect();
    shown.join("\n") + &more
}

/// `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::text`, one line each.
pub fn github_commands(annotations: &[Annotation]) -> String {
    annotations.iter().map(|one| command(one) + "\n").collect()
}

fn command(annotation: &Annotation) -> String {
    let name = if annotation.is_error {
        "error"
    } else {
        "warning"
    };
    let mut properties = vec![("file", annotation.file.clone())];
    if let Some(place) = &annotation.place {
        properties.push(("line", place.line.to_string()));
        // columns are taken only within one line
        if place.end_line == place.line {
            properties.push(("col", place.column.to_string()));
            properties.push(("endLine", place.line.to_string()));
            let end = place.end_column.max(place.column + 1);
            properties.push(("endColumn", end.to_string()));
        } else {
            let is_whole = place.end_column == 1;
            let last = place.end_line - usize::from(is_whole);
            properties.push(("endLine", last.to_string()));
        }
    }
    properties.push(("title", annotation.title.clone()));
    let properties: Vec<String> = properties
        .iter()
        .map(|(key, value)| format!("{key}={}", property(value)))
        .collect();
    format!(
        "::{name} {}::{}",
        properties.join(","),
        data(&annotation.text)
    )
}

/// `%` first: the others bring it in.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The text of `gl-code-quality-report.json`.
pub fn gitlab_report(annotations: &[Annotation]) -> String {
    let mut seen = BTreeMap::new();
    let entries: Vec<Value> = annotations
        .iter()
        .map(|annotation| {
            let key =
                [&annotation.kind, &annotation.file, &annotation.identity].map(String::as_str);
            let n: &mut usize = seen.entry(key).or_default();
            *n += 1;
            entry(annotation, &fingerprint(key, *n))
        })
        .collect();
    text_of(&Value::Array(entries))
}

/// The same for the same finding, wherever it moves in its file.
fn fingerprint(key: [&str; 3], n: usize) -> String {
    let text = format!("{}\0{}\0{}\0{n}", key[0], key[1], key[2]);
    let digest = blake3::hash(text.as_bytes()).to_hex();
    digest[..32].to_owned()
}

fn entry(annotation: &Annotation, fingerprint: &str) -> Value {
    let severity = if annotation.is_error {
        "major"
    } else {
        "minor"
    };
    let lines = match &annotation.place {
        Some(place) => json!({ "begin": place.line, "end": place.end_line }),
        None => json!({ "begin": 1 }),
    };
    json!({
        "check_name": annotation.kind,
        "description": format!("{}: {}", annotation.title, annotation.text),
        "fingerprint": fingerprint,
        "severity": severity,
        "location": { "path": annotation.file.trim_start_matches("./"), "lines": lines },
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples::{self, case, change, edit, place};
    use super::super::{AgainstPart, EditPart, How, PlacePart};
    use super::*;

    fn at(line: usize, column: usize, end_line: usize, end_column: usize) -> String {
        let annotation = Annotation {
            is_error: true,
            kind: "type".to_owned(),
            identity: String::new(),
            file: "a,b:c.toml".to_owned(),
            place: Some(PlacePart {
                file: "a,b:c.toml".to_owned(),
                line,
                column,
                end_line,
                end_column,
            }),
            title: "50 %: no, never".to_owned(),
            text: "100 %\r\nand: more, too".to_owned(),
        };
        github_commands(&[annotation])
    }

    #[test]
    fn signs_of_the_command_are_written_as_numbers() {
        assert_eq!(
            at(3, 5, 3, 9),
            "::error file=a%2Cb%3Ac.toml,line=3,col=5,endLine=3,endColumn=9,\
             title=50 %25%3A no%2C never::100 %25%0D%0Aand: more, too\n"
        );
    }

    #[test]
    fn one_edited_line_is_one_annotation_however_many_files_inherit_it() {
        let line = || edit("crash.lockstep", "0.7", "0.8", place("_market.toml", 9, 1));
        let own = || edit("title", "a", "b", place("e.toml", 2, 1));
        let changed = |id: &str, edits: Vec<EditPart>| {
            let mut found = case(id);
            found.against = Some(AgainstPart {
                changes: vec![change("loss.probability", 0.1, 0.2, 0.01)],
                edits,
                ..AgainstPart::of(How::Paired)
            });
            found
        };
        let mut cases: Vec<_> = ["a", "b", "c", "d"]
            .map(|id| changed(id, vec![line()]))
            .to_vec();
        cases.push(changed("e", vec![own(), line()]));
        let all = samples::batch(cases).annotations();
        let at = |file: &str| {
            all.iter()
                .filter(|one| one.file == file)
                .collect::<Vec<_>>()
        };
        let [shared] = at("_market.toml")[..] else {
            panic!("{all:?}");
        };
        assert_eq!(shared.title, "changed against the baseline (5 scenarios)");
        let first = "crash.lockstep 0.7 → 0.8, with other edits in some of them\na: loss.";
        assert!(shared.text.starts_with(first), "{}", shared.text);
        assert_eq!((at("e.toml").len(), all.len()), (1, 2));
        assert!(
            at("e.toml")[0]
                .text
                .starts_with("title a → b, with 1 other edit\n")
        );
    }

    #[test]
    fn a_stretch_of_lines_has_no_columns_and_ends_with_its_last_whole_line() {
        assert!(at(3, 1, 6, 1).contains("line=3,endLine=5,title"));
        assert!(at(3, 1, 6, 4).contains("line=3,endLine=6,title"));
    }
}
