//! Text of diagnostics, as the user sees them.
//!
//! In: [`Diagnostic`]s and the [`SourceMap`]. Out: text, plain or colored. Not here: printing (`cli`).

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Faults, Patch, Place, SET, SourceMap, TextId};

/// Use of escape codes for color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    Plain,
    Styled,
}

/// Largest number of faults that are shown; a file that is no TOML has one on every line.
const MAX_SHOWN: usize = 50;

/// Returns the text of at most 50 faults, and a final line with the number of all. `name` is the file that was read.
pub fn render(faults: &[Diagnostic], sources: &SourceMap, name: &str, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Plain => Renderer::plain(),
        Colour::Styled => Renderer::styled(),
    };
    // what was typed on the command line needs no name at its lines if all faults stand there
    let is_typed =
        |fault: &Diagnostic| fault.labels.first().is_some_and(|label| sources.name(label.place.text) == SET);
    let are_typed = faults.iter().all(is_typed);
    let mut parts: Vec<String> = faults
        .iter()
        .take(MAX_SHOWN)
        .map(|fault| renderer.render(&[group(fault, faults, sources, name, !are_typed)]))
        .collect();
    if faults.len() > MAX_SHOWN {
        parts.push(format!("… and {} more", faults.len() - MAX_SHOWN));
    }
    let options = format!("the options for {name}");
    parts.push(summary(faults.len(), if are_typed { &options } else { name }));
    parts.join("\n\n")
}

fn summary(count: usize, name: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    let least = if count >= Faults::MAX { "at least " } else { "" };
    format!("{least}{count} error{plural} in {name}; nothing was simulated")
}

fn group<'a>(
    fault: &'a Diagnostic,
    all: &[Diagnostic],
    sources: &'a SourceMap,
    name: &str,
    has_name: bool,
) -> Group<'a> {
    let title = Level::ERROR.primary_title(shortly(&fault.title(name)).into_owned());
    let mut group = Group::with_title(title.id(fault.code));
    for text in texts_of(fault) {
        group = group.element(snippet(fault, sources, text, has_name));
    }
    let proposes = fault.notes.iter().any(|note| note.name == "write");
    if let Some(patch) = fault.patch.as_ref().filter(|_| !proposes) {
        group = group.element(note("write", patched_line(patch, all, sources)));
    }
    for said in fault.shown_notes(sources) {
        let text = match said.name {
            // A line to copy must not be wrapped.
            "write" => said.text.clone(),
            name => {
                let text = shortly(&said.text);
                let width = NOTE_WIDTH.saturating_sub(name.len());
                wrapped(&text, width).into_owned()
            }
        };
        group = group.element(note(said.name, text));
    }
    group
}

fn note<'a>(name: &'static str, text: impl Into<Cow<'a, str>>) -> annotate_snippets::Message<'a> {
    if name.is_empty() {
        Level::NOTE.no_name().message(text)
    } else {
        Level::NOTE.with_name(name).message(text)
    }
}

/// Width of a note in columns including its name, so that a terminal of 80 columns does not wrap it.
const NOTE_WIDTH: usize = 70;

/// Characters of the longest word that is shown whole.
const LONGEST_WORD: usize = 80;

/// Shortens very long words of `text`: a number may have a million digits.
fn shortly(text: &str) -> Cow<'_, str> {
    let is_long = |word: &str| word.chars().nth(LONGEST_WORD).is_some();
    if !text.split(' ').any(is_long) {
        return Cow::Borrowed(text);
    }
    let cut = |word: &str| match word.char_indices().nth(LONGEST_WORD) {
        Some((at, _)) => format!("{}…", &word[..at]),
        None => word.to_owned(),
    };
    let words: Vec<String> = text.split(' ').map(cut).collect();
    Cow::Owned(words.join(" "))
}

/// Wraps `text` at spaces, unless it contains line breaks.
fn wrapped(text: &str, width: usize) -> Cow<'_, str> {
    if text.contains('\n') || text.chars().count() <= width {
        return Cow::Borrowed(text);
    }
    let mut lines = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            lines.push('\n');
            column = 0;
        } else if column > 0 {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(word);
        column += length;
    }
    Cow::Owned(lines)
}

/// Returns the ids of the texts that a fault refers to, the text of the fault itself first.
fn texts_of(fault: &Diagnostic) -> Vec<TextId> {
    let mut texts: Vec<TextId> = Vec::new();
    for label in &fault.labels {
        if !texts.contains(&label.place.text) {
            texts.push(label.place.text);
        }
    }
    texts
}

fn snippet<'a>(
    fault: &'a Diagnostic,
    sources: &'a SourceMap,
    text: TextId,
    has_name: bool,
) -> Snippet<'a, Annotation<'a>> {
    let labels = fault.labels.iter().filter(|label| label.place.text == text);
    let name = Some(sources.name(text)).filter(|name| has_name || *name != SET);
    Snippet::source(sources.text(text)).path(name).annotations(labels.map(|label| {
        let place = sources.clamp(label.place);
        let kind = if label.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(place.start..place.end);
        if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) }
    }))
}

/// Longest source line in bytes that is shown after a replacement; of longer ones, only the replacement is shown.
const MAX_PATCHED: usize = 160;

/// Separator of proposals of which one is to be written.
const OR: &str = "   or   ";

/// Returns the source line as it reads after each replacement of `patch`, with "or" between them. It includes the
/// patches that `all` faults propose for the rest of that line, because one line can be written only once. Of patches with
/// several replacements, those with one unit go together.
pub fn patched_line(patch: &Patch, all: &[Diagnostic], sources: &SourceMap) -> String {
    let place: Place = sources.clamp(patch.place);
    let (begin, line) = sources.line(place);
    if line.len() > MAX_PATCHED {
        return patch.replacements().collect::<Vec<_>>().join(OR);
    }
    let from = place.start.saturating_sub(begin).min(line.len());
    let to = place.end.saturating_sub(begin).min(line.len());
    let on_line = all
        .iter()
        .filter_map(|fault| fault.patch.as_ref())
        .filter(|other| other.place.text == place.text && other.place != patch.place)
        .filter_map(|other| {
            let start = other.place.start.checked_sub(begin)?;
            let end = other.place.end.checked_sub(begin)?;
            (end <= line.len()).then_some((start..end, other))
        });
    let (later, earlier): (Vec<_>, Vec<_>) =
        on_line.filter(|(own, _)| own.end <= from || own.start >= to).partition(|(own, _)| own.start >= to);
    // the first patch with several replacements, this one if it has some, decides how many lines there are
    let others = earlier.iter().chain(&later).map(|(_, other)| *other);
    let leader = [patch].into_iter().chain(others).find(|one| !one.others.is_empty()).unwrap_or(patch);
    let lines = leader.replacements().map(|chosen| {
        let with = |patches: &[(Range<usize>, &Patch)], stretch: Range<usize>| {
            let patches = patches.iter().map(|(own, other)| (own.clone(), other.like(chosen))).collect();
            with_patches(line, stretch, patches)
        };
        let (before, after) = (with(&earlier, 0..from), with(&later, to..line.len()));
        let code = after.split_once(" #").map_or(after.as_str(), |(code, _)| code);
        format!("{before}{}{code}", patch.like(chosen)).trim().to_owned()
    });
    lines.collect::<Vec<_>>().join(OR)
}

/// Applies `patches` to the bytes `stretch` of `line`; of two that overlap only the first.
fn with_patches(line: &str, stretch: Range<usize>, mut patches: Vec<(Range<usize>, &str)>) -> String {
    patches.sort_by_key(|(own, replacement)| (own.start, own.end, *replacement));
    let mut text = String::new();
    let mut at = stretch.start;
    for (own, replacement) in patches {
        if own.start >= at {
            text.push_str(line.get(at..own.start).unwrap_or(""));
            text.push_str(replacement);
            at = own.end;
        }
    }
    text.push_str(line.get(at..stretch.end).unwrap_or(""));
    text
}
