//! Every colour of every picture, on light and on dark ground; no other file names one.
//!
//! In: nothing. Out: [`Ink`] (what a mark is made of), its [`Rgb`] under a [`Theme`], the style
//! rules that turn a light picture dark. Not here: where ink goes (`canvas`, the charts).
//!
//! The hues are those of Okabe and Ito (2008), darkened so that marks and labels stand on white;
//! the dark partners are chosen by search for the largest smallest distance between any two of
//! them under normal vision, deuteranopia, protanopia and tritanopia. Losses are always
//! vermilion, the base case is blue, the alternative green.

/// The ground a picture stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

/// Red, green, blue, 8 bits each, sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// What a mark is made of: a name with a colour for each [`Theme`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// The page.
    Ground,
    /// Titles, reference lines.
    Text,
    /// Subtitles, tick labels, sample paths.
    Mute,
    /// Hairlines of the grid, empty cells.
    Grid,
    /// The base line and its ticks.
    Axis,
    Blue,
    Vermilion,
    Green,
    Sky,
    Gold,
    Purple,
    Slate,
    /// [`Ink::Sky`], dark enough for letters.
    SkyText,
    /// [`Ink::Gold`], dark enough for letters.
    GoldText,
}

/// Hues of lines that stand for things with names, in their order.
pub const HUES: [Ink; 6] = [Ink::Blue, Ink::Gold, Ink::Green, Ink::Purple, Ink::Sky, Ink::Slate];

/// The inks with a name: light value, dark value, class.
const NAMED: [(Ink, Rgb, Rgb, &str); 14] = [
    (Ink::Ground, rgb(0xffffff), rgb(0x0f1419), "ground"),
    (Ink::Text, rgb(0x1b1f24), rgb(0xe8eaed), "text"),
    (Ink::Mute, rgb(0x666d78), rgb(0x9aa3ad), "mute"),
    (Ink::Grid, rgb(0xe6e8eb), rgb(0x252c34), "grid"),
    (Ink::Axis, rgb(0xa8aeb6), rgb(0x4b5560), "axis"),
    (Ink::Blue, rgb(0x005f9e), rgb(0x5fa0ee), "blue"),
    (Ink::Vermilion, rgb(0xc44510), rgb(0xf07c48), "vermilion"),
    (Ink::Green, rgb(0x008060), rgb(0x35cb90), "green"),
    (Ink::Sky, rgb(0x56b4e9), rgb(0xb5d9fb), "sky"),
    (Ink::Gold, rgb(0xd98e04), rgb(0xf2cb4b), "gold"),
    (Ink::Purple, rgb(0xb0558f), rgb(0xd17fb4), "purple"),
    (Ink::Slate, rgb(0x2b2f36), rgb(0xe2e4e6), "slate"),
    (Ink::SkyText, rgb(0x1f74ad), rgb(0xb5d9fb), "sky-text"),
    (Ink::GoldText, rgb(0x8f5e00), rgb(0xf2cb4b), "gold-text"),
];

const fn rgb(hex: u32) -> Rgb {
    Rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

impl Ink {
    /// Every ink there is.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMED.iter().map(|named| named.0)
    }

    /// The ink for letters in this hue: itself, or a darker one where it would be too pale.
    pub fn for_text(self) -> Self {
        match self {
            Ink::Sky => Ink::SkyText,
            Ink::Gold => Ink::GoldText,
            other => other,
        }
    }

    /// The colour of this ink on the ground of `theme`.
    pub fn rgb(self, theme: Theme) -> Rgb {
        match theme {
            Theme::Light => self.named().1,
            Theme::Dark => self.named().2,
        }
    }

    /// The name in style sheets, without the prefix that says fill or stroke.
    pub fn class(self) -> &'static str {
        self.named().3
    }

    fn named(self) -> &'static (Ink, Rgb, Rgb, &'static str) {
        let mut named = NAMED.iter();
        let found = named.find(|named| named.0 == self);
        found.expect("every ink stands in the table")
    }
}

impl Rgb {
    /// `#rrggbb`, as style sheets and SVG write it.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// The rules that re-colour the pictures made of `inks` when the reader prefers dark. A page that
/// embeds many pictures writes them once, for [`Ink::all`].
pub fn dark_rules(inks: impl Iterator<Item = Ink>) -> String {
    let rules: String = inks
        .map(|ink| {
            let (class, hex) = (ink.class(), ink.rgb(Theme::Dark).hex());
            format!(".f-{class}{{fill:{hex}}}.s-{class}{{stroke:{hex}}}")
        })
        .collect();
    format!("@media(prefers-color-scheme:dark){{{rules}}}")
}

#[cfg(test)]
mod tests;
