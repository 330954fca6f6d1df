//! All texts of one reading and the places in them.
//!
//! In: names and texts (the file, the bases it extends, assignments, the catalog). Out: [`SourceMap`],
//! [`Place`]. Not here: rendering (`render`).

/// Which text of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextId(u32);

/// A stretch of bytes in one of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub text: TextId,
    pub start: usize,
    pub end: usize,
}

/// Every text that took part, so that a fault is shown where it stands.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    texts: Vec<Source>,
}

#[derive(Clone, Debug)]
struct Source {
    name: String,
    text: String,
    /// Where lines begin, but for the first.
    lines: Vec<usize>,
    /// Characters before every stretch of the text: a text of one line has as many places as one of many.
    characters: Vec<usize>,
}

/// Bytes of a stretch whose characters are counted once.
const STRETCH: usize = 1024;

impl Source {
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

    /// Characters before the byte `at`.
    fn characters(&self, at: usize) -> usize {
        let stretch = at / STRETCH;
        let rest = &self.text.as_bytes()[stretch * STRETCH..at];
        self.characters[stretch] + characters_of(rest)
    }
}

/// Characters that begin in these bytes.
fn characters_of(bytes: &[u8]) -> usize {
    let is_first = |byte: &&u8| !matches!(byte, 0x80..=0xbf);
    bytes.iter().filter(is_first).count()
}

impl SourceMap {
    /// Adds a text under the name that messages show.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> TextId {
        let id = TextId(u32::try_from(self.texts.len()).unwrap_or(u32::MAX));
        self.texts.push(Source::new(name.into(), text.into()));
        id
    }

    /// The very beginning of the first text, where something absent would be expected.
    pub fn top(&self) -> Option<Place> {
        (!self.texts.is_empty()).then_some(Place { text: TextId(0), start: 0, end: 0 })
    }

    pub fn name(&self, id: TextId) -> &str {
        self.texts.get(id.0 as usize).map_or("", |source| &source.name)
    }

    pub fn text(&self, id: TextId) -> &str {
        self.texts.get(id.0 as usize).map_or("", |source| &source.text)
    }

    /// What stands at `place`; empty if the place is not in the text.
    pub fn excerpt(&self, place: Place) -> &str {
        self.text(place.text).get(place.start..place.end).unwrap_or("")
    }

    /// The line that holds the start of `place`, and where the line begins.
    pub fn line(&self, place: Place) -> (usize, &str) {
        let text = self.text(place.text);
        let start = floor_boundary(text, place.start);
        let begin = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        (begin, text[begin..end].trim_end_matches('\r'))
    }

    /// Line and column of the start of `place`, both counted from 1, the column in characters.
    pub fn line_and_column(&self, place: Place) -> (usize, usize) {
        let Some(source) = self.texts.get(place.text.0 as usize) else {
            return (1, 1);
        };
        let start = floor_boundary(&source.text, place.start);
        let line = source.lines.partition_point(|begin| *begin <= start);
        let begin = line.checked_sub(1).map_or(0, |line| source.lines[line]);
        let column = source.characters(start) - source.characters(begin);
        (line + 1, column + 1)
    }

    /// `place` moved inward to where characters begin, so that slicing there is safe.
    pub fn clamp(&self, place: Place) -> Place {
        let text = self.text(place.text);
        let start = floor_boundary(text, place.start);
        let end = floor_boundary(text, place.end.max(start));
        Place { start, end, ..place }
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
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
        for (start, _) in whole.char_indices().chain([(whole.len(), ' ')]) {
            let before = &whole[..start];
            let line = before.rsplit('\n').next().unwrap_or_default();
            let counted = (before.matches('\n').count() + 1, line.chars().count() + 1);
            let end = start;
            if start % 97 < 4 || whole.len() - start < 4 {
                assert_eq!(sources.line_and_column(Place { text, start, end }), counted);
            }
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
