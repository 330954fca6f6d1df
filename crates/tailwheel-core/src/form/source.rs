//! All texts of one reading, and places in them.
//!
//! In: names and texts (the file, its bases, assignments, the catalog). Out: [`SourceMap`], [`Place`]. Not
//! here: rendering (`render`).

/// Identifier of a text in a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextId(u32);

/// Range of bytes in one of the texts of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub text: TextId,
    pub start: usize,
    pub end: usize,
}

/// All texts that were read, so that a fault can show its source line.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    texts: Vec<SourceText>,
}

#[derive(Clone, Debug)]
struct SourceText {
    name: String,
    text: String,
    /// Byte offsets where lines begin, except the first line.
    lines: Vec<usize>,
    /// Number of characters before each 1,024 bytes of the text, so that columns of very long lines are found fast.
    characters: Vec<usize>,
}

/// Name of a text that was typed as an option, an edit of the scenario.
pub const SET: &str = "--set";

/// Length in bytes of the blocks of a text whose characters are counted in advance.
const STRETCH: usize = 1024;

impl SourceText {
    fn new(name: String, text: String) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = newlines.map(|(at, _)| at + 1).collect();
        let mut characters = vec![0];
        for stretch in text.as_bytes().chunks(STRETCH) {
            let before = characters.last().copied().unwrap_or_default();
            characters.push(before + characters_of(stretch));
        }
        Self { characters, name, lines, text }
    }

    /// Returns the number of characters of the text before the byte `at`.
    fn characters(&self, at: usize) -> usize {
        let stretch = at / STRETCH;
        let rest = &self.text.as_bytes()[stretch * STRETCH..at];
        self.characters[stretch] + characters_of(rest)
    }
}

/// Number of characters that begin in `bytes`.
fn characters_of(bytes: &[u8]) -> usize {
    let is_first = |byte: &&u8| !matches!(byte, 0x80..=0xbf);
    bytes.iter().filter(is_first).count()
}

impl SourceMap {
    /// Adds a text under the name that messages show.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> TextId {
        let id = TextId(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.push(SourceText::new(name.into(), text.into()));
        id
    }

    /// Start of the first text, the place to report for something missing; `None` without texts.
    pub fn top(&self) -> Option<Place> {
        (!self.texts.is_empty()).then_some(Place { text: TextId(0), start: 0, end: 0 })
    }

    pub fn name(&self, id: TextId) -> &str {
        self.texts.get(id.0 as usize).map_or("", |source| &source.name)
    }

    /// True if the text is that of a file, not an option or the catalog.
    pub fn is_file(&self, id: TextId) -> bool {
        !["", SET].contains(&self.name(id))
    }

    pub fn text(&self, id: TextId) -> &str {
        self.texts.get(id.0 as usize).map_or("", |source| &source.text)
    }

    /// Text at `place`; empty if the place is not in the text.
    pub fn excerpt(&self, place: Place) -> &str {
        self.text(place.text).get(place.start..place.end).unwrap_or("")
    }

    /// Byte offset and text of the line in which `place` starts.
    pub fn line(&self, place: Place) -> (usize, &str) {
        let text = self.text(place.text);
        let start = text.floor_char_boundary(place.start);
        let begin = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        (begin, text[begin..end].trim_end_matches('\r'))
    }

    /// Line and column of the start of `place`, counted from 1; columns count characters.
    pub fn line_and_column(&self, place: Place) -> (usize, usize) {
        let Some(source) = self.texts.get(place.text.0 as usize) else { return (1, 1) };
        let start = source.text.floor_char_boundary(place.start);
        let line = source.lines.partition_point(|begin| *begin <= start);
        let begin = line.checked_sub(1).map_or(0, |line| source.lines[line]);
        let column = source.characters(start) - source.characters(begin);
        (line + 1, column + 1)
    }

    /// Moves the ends of `place` to character boundaries, so that slicing is safe.
    pub fn clamp(&self, place: Place) -> Place {
        let text = self.text(place.text);
        let start = text.floor_char_boundary(place.start);
        let end = text.floor_char_boundary(place.end.max(start));
        Place { start, end, ..place }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let mut sources = SourceMap::default();
        let text = sources.add("a.toml", "x = 1\nä = \"ö\" # tail\r\n");
        let at = |start, end| Place { text, start, end };
        assert_eq!(sources.line_and_column(at(0, 1)), (1, 1));
        assert_eq!(sources.excerpt(at(11, 15)), "\"ö\"".get(0..4).unwrap());
        assert_eq!(sources.line_and_column(at(11, 15)), (2, 5));
        assert_eq!(sources.line(at(11, 15)), (6, "ä = \"ö\" # tail"));
    }

    #[test]
    fn every_place_of_a_long_line_has_the_column_that_counting_gives() {
        let mut sources = SourceMap::default();
        let long = "aöb→".repeat(STRETCH);
        let whole = format!("first\n{long}\n{long}");
        let text = sources.add("a.toml", whole.as_str());
        let starts = whole.char_indices().map(|(start, _)| start).chain([whole.len()]);
        for start in starts.filter(|start| start % 97 < 4 || whole.len() - start < 4) {
            let before = &whole[..start];
            let line = before.rsplit('\n').next().unwrap_or_default();
            let counted = (before.matches('\n').count() + 1, line.chars().count() + 1);
            assert_eq!(sources.line_and_column(Place { text, start, end: start }), counted);
        }
    }

    #[test]
    fn a_place_outside_the_text_is_clamped() {
        let mut sources = SourceMap::default();
        let text = sources.add("a.toml", "ö");
        let place = Place { text, start: 1, end: 99 };
        assert_eq!(sources.clamp(place), Place { text, start: 0, end: 2 });
        assert_eq!(sources.line_and_column(place), (1, 1));
    }
}
