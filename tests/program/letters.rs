//! The letters of PNG charts against the fonts that they were written from.

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

fn path(file: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "src", "chart", "fonts", file].iter().collect()
}

/// Writes an outline as the commands of an SVG path.
struct Pen<'t>(&'t mut String);

impl Pen<'_> {
    fn command<const N: usize>(&mut self, name: char, numbers: [f32; N]) {
        let numbers = numbers.map(|number| format!(" {number}")).concat();
        write!(self.0, " {name}{numbers}").expect("a text takes all");
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.command('M', [x, y]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.command('L', [x, y]);
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.command('Q', [cx0, cy0, x, y]);
    }

    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        panic!("TrueType has quadratic curves only");
    }

    fn close(&mut self) {
        self.command('Z', []);
    }
}

/// The letters of a font: units per em, then code point, width and outline of each.
fn letters_of(font: &str) -> String {
    let file = fs::read(path(&format!("{font}.sub.ttf"))).expect("a file");
    let face = FontRef::new(&file).expect("a font");
    let (size, location) = (Size::unscaled(), LocationRef::default());
    let mut text = format!("{}\n", face.metrics(size, location).units_per_em);
    for (code, glyph) in face.charmap().mappings() {
        let advance = face.glyph_metrics(size, location).advance_width(glyph).expect("a width");
        write!(text, "{code:x} {advance}").expect("a text takes all");
        let before = text.len();
        let outline = face.outline_glyphs().get(glyph).expect("an outline");
        outline.draw(DrawSettings::unhinted(size, location), &mut Pen(&mut text)).expect("a drawn letter");
        text += if text.len() == before { " \n" } else { "\n" };
    }
    text
}

const FONTS: [&str; 2] = ["Inter-Regular", "Inter-SemiBold"];

#[test]
fn the_letters_are_those_of_the_fonts() {
    for font in FONTS {
        let written = fs::read_to_string(path(&format!("{font}.letters"))).expect("a file");
        assert!(letters_of(font) == written, "{font}: run `writes_the_letters`");
    }
}

#[test]
#[ignore = "writes the files of letters"]
fn writes_the_letters() {
    for font in FONTS {
        fs::write(path(&format!("{font}.letters")), letters_of(font)).expect("a file");
    }
}
