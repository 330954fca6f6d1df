//! The two weights of the Inter font used in every picture, and the widths of their letters.
//!
//! In: text. Out: widths in pixels, outlines. Not here: drawing (`letters`), layout (`labels`).
//!
//! The files are a subset of Inter (SIL Open Font License 1.1, see `fonts/README.md`): ASCII,
//! Latin-1, Latin Extended-A, dashes, currencies; the digits all have one width, so that columns
//! of numbers align. A letter beyond them is drawn and measured as a question mark.

use std::sync::LazyLock;

/// Outlines of the regular letters, extracted from the font by `tests/program/letters.rs`. Code that reads fonts would
/// take an eighth of a fresh build.
const REGULAR_FILE: &str = include_str!("../fonts/Inter-Regular.letters");
const SEMIBOLD_FILE: &str = include_str!("../fonts/Inter-SemiBold.letters");

/// Files of the font Inter in WOFF2 for web pages, each with its CSS weight.
pub const WEB_FONTS: [(u16, &[u8]); 2] = [
    (400, include_bytes!("../fonts/Inter-Regular.sub.woff2")),
    (600, include_bytes!("../fonts/Inter-SemiBold.sub.woff2")),
];

/// Height of a capital, as a fraction of the font size (Inter's own metric).
pub const CAP_HEIGHT: f64 = 0.727;

/// Weight of the font: regular or semibold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    Regular,
    SemiBold,
}

/// Outline of one letter with its advance width, in units of the font's design grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Letter {
    /// Commands and coordinates of an SVG path, separated by spaces. The y axis points upwards.
    pub outline: &'static str,
    /// Distance to the start of the next letter, in units of the font's design grid.
    pub advance: u16,
}

/// A font face with its letters, looked up once because every text is measured several times.
struct Font {
    units_per_em: u16,
    /// Letters by code point, up to the last one that the font has.
    letters: Vec<Option<Letter>>,
}

static REGULAR: LazyLock<Font> = LazyLock::new(|| parse(REGULAR_FILE).expect("a test reads it"));
static SEMIBOLD: LazyLock<Font> = LazyLock::new(|| parse(SEMIBOLD_FILE).expect("a test reads it"));

/// Reads a file of letters: the units per em, then a line for each letter with its code point, advance and outline.
/// `None` if a line has another form.
fn parse(file: &'static str) -> Option<Font> {
    let (units_per_em, lines) = file.split_once('\n')?;
    let mut letters = Vec::new();
    for line in lines.lines() {
        let (code, rest) = line.split_once(' ')?;
        let (advance, outline) = rest.split_once(' ')?;
        let at = usize::from_str_radix(code, 16).ok()?;
        letters.resize(letters.len().max(at + 1), None);
        letters[at] = Some(Letter { outline, advance: advance.parse().ok()? });
    }
    Some(Font { units_per_em: units_per_em.parse().ok()?, letters })
}

fn font(weight: Weight) -> &'static Font {
    match weight {
        Weight::Regular => &REGULAR,
        Weight::SemiBold => &SEMIBOLD,
    }
}

/// Returns the number of design-grid units per font size (em).
pub fn units_per_em(weight: Weight) -> u16 {
    font(weight).units_per_em
}

impl Font {
    fn letter(&self, letter: char) -> Option<Letter> {
        self.letters.get(letter as usize).copied().flatten()
    }
}

/// Returns the outline and advance width that are drawn for `letter`, as [`drawn`] replaces it.
pub fn letter(letter: char, weight: Weight) -> Letter {
    font(weight).letter(drawn(letter)).unwrap_or(Letter { outline: "", advance: 0 })
}

/// Returns the character that is drawn for `letter`: itself if the font has it, a space for other white
/// space and control characters, else a question mark. Weight and file format do not matter.
pub fn drawn(letter: char) -> char {
    if REGULAR.letter(letter).is_some() {
        letter
    } else if letter.is_whitespace() || letter.is_control() {
        ' '
    } else {
        '?'
    }
}

/// Computes the width of `text` in pixels at font size `size` in pixels, without kerning.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let advances = text.chars().map(|drawn| letter(drawn, weight).advance);
    let grid: u32 = advances.map(u32::from).sum();
    f64::from(grid) * size / f64::from(units_per_em(weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_that_the_charts_print_is_in_the_font() {
        let names = ('\u{a0}'..='ſ').filter(|letter| !"\u{ad}ŉ".contains(*letter));
        let printed = (' '..='~').chain(names).chain("ȘșȚțẞ×±−–—·…%€£¥‘’“”".chars());
        for letter in printed {
            for weight in [Weight::Regular, Weight::SemiBold] {
                assert!(font(weight).letter(letter).is_some(), "no {letter}");
            }
        }
    }

    #[test]
    fn a_letter_beyond_the_font_is_a_question_mark_and_as_wide() {
        let shown: String = "Zürich łódź 東京 Ω\t🙂".chars().map(drawn).collect();
        assert_eq!(shown, "Zürich łódź ?? ? ?");
        for weight in [Weight::Regular, Weight::SemiBold] {
            let advance = |drawn| letter(drawn, weight).advance;
            assert_eq!(advance('東'), advance('?'));
            assert_ne!(advance('ł'), advance('?'));
        }
    }

    #[test]
    fn both_weights_hold_the_same_letters() {
        for letter in '\0'..='\u{ffff}' {
            let [regular, semibold] =
                [Weight::Regular, Weight::SemiBold].map(|weight| font(weight).letter(letter).is_some());
            assert_eq!(regular, semibold, "{letter}");
        }
    }

    #[test]
    fn the_web_fonts_are_woff2() {
        for (weight, file) in WEB_FONTS {
            assert!(file.starts_with(b"wOF2") && weight % 100 == 0);
        }
    }

    #[test]
    fn all_digits_have_one_width() {
        for weight in [Weight::Regular, Weight::SemiBold] {
            let widths: Vec<u16> = ('0'..='9').map(|digit| letter(digit, weight).advance).collect();
            assert!(widths.iter().all(|width| *width == widths[0] && *width > 0));
        }
    }

    #[test]
    fn a_text_is_as_wide_as_its_letters() {
        let whole = width("fan", 12.0, Weight::Regular);
        let parts: f64 = ["f", "a", "n"].iter().map(|part| width(part, 12.0, Weight::Regular)).sum();
        assert!((whole - parts).abs() < 1e-9 && whole > 10.0);
    }
}
