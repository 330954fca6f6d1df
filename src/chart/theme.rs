//! All colors of all pictures, on light and on dark background; no other file defines one.
//!
//! In: nothing. Out: [`Ink`] (a named color), its [`Rgb`] under a [`Theme`], the rules that turn a light
//! picture dark. Not here: the use of inks (`canvas`, the charts).
//!
//! The hues are those of Okabe and Ito (2008), darkened so that marks and labels are legible on white. The
//! dark colors come from a search for the largest minimum distance between any two, under normal vision,
//! deuteranopia, protanopia and tritanopia. Losses are always vermilion, the base case is blue, the
//! alternative green.

/// The background of a picture: light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

/// A color in sRGB: red, green, blue, 8 bits each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// A named color that differs between light and dark [`Theme`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// Color of the background.
    Ground,
    /// Color of titles and reference lines.
    Text,
    /// Color of subtitles, tick labels and sample paths.
    Mute,
    /// Color of the grid's hairlines and of empty cells.
    Grid,
    /// Color of the base line and its ticks.
    Axis,
    Blue,
    Vermilion,
    Green,
    Sky,
    Gold,
    Purple,
    Slate,
    /// A variant of [`Ink::Sky`] that is dark enough for text.
    SkyText,
    /// A variant of [`Ink::Gold`] that is dark enough for text.
    GoldText,
}

/// Hues of lines for named things, such as assets, in the order of use.
pub const HUES: [Ink; 6] = [Ink::Blue, Ink::Gold, Ink::Green, Ink::Purple, Ink::Sky, Ink::Slate];

/// An ink, its colors on light and on dark background, and its CSS class.
struct Named {
    ink: Ink,
    light: Rgb,
    dark: Rgb,
    class: &'static str,
}

/// Every ink, in the order of their definition.
const NAMED: [Named; 14] = [
    named(Ink::Ground, 0xffffff, 0x0f1419, "ground"),
    named(Ink::Text, 0x1b1f24, 0xe8eaed, "text"),
    named(Ink::Mute, 0x666d78, 0x9aa3ad, "mute"),
    named(Ink::Grid, 0xe6e8eb, 0x252c34, "grid"),
    named(Ink::Axis, 0xa8aeb6, 0x4b5560, "axis"),
    named(Ink::Blue, 0x005f9e, 0x5fa0ee, "blue"),
    named(Ink::Vermilion, 0xc44510, 0xf07c48, "vermilion"),
    named(Ink::Green, 0x008060, 0x35cb90, "green"),
    named(Ink::Sky, 0x56b4e9, 0xb5d9fb, "sky"),
    named(Ink::Gold, 0xd98e04, 0xf2cb4b, "gold"),
    named(Ink::Purple, 0xb0558f, 0xd17fb4, "purple"),
    named(Ink::Slate, 0x2b2f36, 0xe2e4e6, "slate"),
    named(Ink::SkyText, 0x1f74ad, 0xb5d9fb, "sky-text"),
    named(Ink::GoldText, 0x8f5e00, 0xf2cb4b, "gold-text"),
];

const fn named(ink: Ink, light: u32, dark: u32, class: &'static str) -> Named {
    Named { ink, light: rgb(light), dark: rgb(dark), class }
}

const fn rgb(hex: u32) -> Rgb {
    Rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

impl Ink {
    /// Returns every ink.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMED.iter().map(|named| named.ink)
    }

    /// Returns the ink for text in this hue: itself, or a darker one if it would be too pale.
    pub fn for_text(self) -> Self {
        match self {
            Ink::Sky => Ink::SkyText,
            Ink::Gold => Ink::GoldText,
            other => other,
        }
    }

    /// Returns the color of this ink on the background of `theme`.
    pub fn rgb(self, theme: Theme) -> Rgb {
        match theme {
            Theme::Light => self.named().light,
            Theme::Dark => self.named().dark,
        }
    }

    /// Returns the name of the ink in style sheets, without the prefix for fill or stroke.
    pub fn class(self) -> &'static str {
        self.named().class
    }

    fn named(self) -> &'static Named {
        &NAMED[self as usize]
    }
}

impl Rgb {
    /// Returns the color as `#rrggbb`, the notation of style sheets and SVG.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// Returns the style rules that recolor the pictures made of `inks` when the reader prefers dark mode.
/// A page that embeds many pictures writes them once, for [`Ink::all`].
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
