//! Annotations as workflow commands of GitHub Actions.
//!
//! In: [`Annotation`]s. Out: lines that a runner reads from either output stream. Not here: writing
//! them (`cli`).

use super::annotate::{Annotation, Severity};

/// `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::text`, one line each.
pub fn github_commands(annotations: &[Annotation]) -> String {
    annotations.iter().map(|one| command(one) + "\n").collect()
}

fn command(annotation: &Annotation) -> String {
    let name = match annotation.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
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

#[cfg(test)]
mod tests {
    use super::super::PlacePart;
    use super::*;

    fn at(line: usize, column: usize, end_line: usize, end_column: usize) -> String {
        let annotation = Annotation {
            severity: Severity::Error,
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
    fn a_stretch_of_lines_has_no_columns_and_ends_with_its_last_whole_line() {
        assert!(at(3, 1, 6, 1).contains("line=3,endLine=5,title"));
        assert!(at(3, 1, 6, 4).contains("line=3,endLine=6,title"));
    }
}
