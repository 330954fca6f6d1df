//! Writes a picture as SVG text: the same bytes on every run and every machine.
//!
//! In: [`Picture`]. Out: a string. Not here: the charts' contents, the rules for dark mode (`theme`).
//!
//! A color is an attribute with the light value, plus a class. Style sheets override attributes, so one block
//! of rules turns a picture dark. Numbers are printed from whole tenths of a pixel.

use super::{Bounds, Finish, HPos, Lettering, Line, Mark, MarkShape, Paint, Picture, Point, Weight, units};
use crate::chart::theme::{Theme, dark_rules};

const FAMILIES: &str = "Inter, 'Helvetica Neue', Arial, sans-serif";
/// Text before the style rules in an SVG file; a page that embeds the drawing removes the rules.
const STYLE: &str = "<style>";
const STYLE_END: &str = "</style>\n";

impl Picture {
    /// Returns the picture as an SVG file, including the rules for dark mode.
    pub fn to_svg(&self) -> String {
        let (id, (width, height)) = (&self.id, self.size);
        let (title, description) = (escape(&self.title), escape(&self.description));
        let rules = dark_rules(self.inks().into_iter());
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\" viewBox=\"0 0 {width} {height}\" \
             width=\"{width}\" height=\"{height}\" font-family=\"{FAMILIES}\">\n\
             <title id=\"{id}-title\">{title}</title>\n\
             <desc id=\"{id}-desc\">{description}</desc>\n\
             {STYLE}{rules}{STYLE_END}"
        );
        let clips = self.clips();
        for (index, clip) in clips.iter().enumerate() {
            let frame = rectangle(clip);
            out += &format!("<clipPath id=\"{id}-clip{index}\"><rect{frame}/></clipPath>\n");
        }
        self.write_marks(&mut out, &clips);
        out.push_str("</svg>\n");
        out
    }

    /// Writes the marks in order; consecutive marks with the same clip share a group.
    fn write_marks(&self, out: &mut String, clips: &[Bounds]) {
        let id = &self.id;
        for run in self.marks.chunk_by(|a, b| a.clip == b.clip) {
            let clip = clips.iter().position(|clip| run[0].clip == Some(*clip));
            if let Some(index) = clip {
                out.push_str(&format!("<g clip-path=\"url(#{id}-clip{index})\">\n"));
            }
            for mark in run {
                write_mark(out, mark);
            }
            if clip.is_some() {
                out.push_str("</g>\n");
            }
        }
    }
}

/// Strips the style rules from an SVG file, for embedding in a page that already has them.
pub fn inside_a_page(file: &str) -> String {
    let rules = file.split_once(STYLE);
    let parts = rules.and_then(|(head, rest)| Some((head, rest.split_once(STYLE_END)?.1)));
    parts.map_or(file.to_owned(), |(head, marks)| format!("{head}{marks}"))
}

fn write_mark(out: &mut String, mark: &Mark) {
    let mut inside =
        mark.tooltip.as_ref().map_or(String::new(), |tooltip| format!("<title>{}</title>", escape(tooltip)));
    let (tag, geometry) = match &mark.shape {
        MarkShape::Rectangle(bounds) => ("rect", rectangle(bounds)),
        MarkShape::Path { points, closed } => ("path", path(points, *closed)),
        MarkShape::Circle { centre, radius } => {
            let (x, y) = (tenths(centre.0), tenths(centre.1));
            let radius = tenths(*radius as i32);
            ("circle", format!(" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\""))
        }
        MarkShape::Text(text) => {
            inside += &escape(&text.text);
            ("text", lettering(text))
        }
    };
    let finish = match mark.finish {
        Finish::Fill(paint) => fill(paint),
        Finish::Stroke(line) => stroke(line),
    };
    let end = if inside.is_empty() { "/>".to_owned() } else { format!(">{inside}</{tag}>") };
    *out += &format!("<{tag}{geometry}{finish}{end}\n");
}

fn rectangle(bounds: &Bounds) -> String {
    let all = [bounds.left, bounds.top, bounds.right - bounds.left, bounds.bottom - bounds.top];
    let [x, y, width, height] = all.map(tenths);
    format!(" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"")
}

/// Formats the data of an SVG path in relative moves: shorter than absolute ones and as exact in whole units.
fn path(points: &[Point], closed: bool) -> String {
    let mut last = points[0];
    let mut data = format!(" d=\"M{} {}", tenths(last.0), tenths(last.1));
    for &point in &points[1..] {
        let (dx, dy) = (point.0 - last.0, point.1 - last.1);
        let step = match (dx, dy) {
            (0, _) => format!("v{}", tenths(dy)),
            (_, 0) => format!("h{}", tenths(dx)),
            _ => format!("l{} {}", tenths(dx), tenths(dy)),
        };
        data.push_str(&step);
        last = point;
    }
    data.push_str(if closed { "z\"" } else { "\"" });
    if !closed && points.len() > 2 {
        data.push_str(" stroke-linejoin=\"round\" stroke-linecap=\"round\"");
    }
    data
}

fn lettering(text: &Lettering) -> String {
    let (x, y, size) = (tenths(text.at.0), tenths(text.at.1), tenths(text.size));
    let anchor = match text.anchor {
        HPos::Left => "",
        HPos::Center => " text-anchor=\"middle\"",
        HPos::Right => " text-anchor=\"end\"",
    };
    let weight = match text.weight {
        Weight::Regular => "",
        Weight::SemiBold => " font-weight=\"600\"",
    };
    format!(" x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{anchor}{weight}")
}

fn fill(paint: Paint) -> String {
    let opacity = opacity("fill", paint.percent);
    let (class, hex) = (paint.ink.class(), paint.ink.rgb(Theme::Light).hex());
    format!(" class=\"f-{class}\" fill=\"{hex}\"{opacity}")
}

fn stroke(line: Line) -> String {
    let Line { paint, width, dash } = line;
    let dash = dash.map_or(String::new(), |(dash, gap)| format!(" stroke-dasharray=\"{dash} {gap}\""));
    let (class, hex) = (paint.ink.class(), paint.ink.rgb(Theme::Light).hex());
    let (width, opacity) = (tenths(units(width)), opacity("stroke", paint.percent));
    format!(" class=\"s-{class}\" fill=\"none\" stroke=\"{hex}\" stroke-width=\"{width}\"{opacity}{dash}")
}

fn opacity(what: &str, percent: u8) -> String {
    if percent >= 100 {
        return String::new();
    }
    let share = format!("{percent:02}");
    format!(" {what}-opacity=\".{}\"", share.trim_end_matches('0'))
}

/// Formats a number of tenths of a pixel as the shortest decimal in pixels, without going through a float.
fn tenths(value: i32) -> String {
    let (sign, size) = (if value < 0 { "-" } else { "" }, value.unsigned_abs());
    match (size / 10, size % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (0, rest) => format!("{sign}.{rest}"),
        (whole, rest) => format!("{sign}{whole}.{rest}"),
    }
}

/// Escapes text for XML; characters that XML cannot represent become spaces.
fn escape(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '&' => "&amp;".to_string(),
            '<' => "&lt;".to_string(),
            '>' => "&gt;".to_string(),
            letter if letter.is_control() => " ".to_string(),
            letter => letter.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_printed_without_a_float() {
        let printed: Vec<String> = [0, 5, -5, 10, 123, -1200].map(tenths).to_vec();
        assert_eq!(printed, ["0", ".5", "-.5", "1", "12.3", "-120"]);
    }

    #[test]
    fn markup_in_a_name_stays_text() {
        assert_eq!(escape("a<b>&\u{7}c"), "a&lt;b&gt;&amp; c");
    }

    #[test]
    fn opacity_is_left_out_when_solid() {
        assert_eq!(opacity("fill", 100), "");
        assert_eq!(opacity("fill", 5), " fill-opacity=\".05\"");
        assert_eq!(opacity("fill", 40), " fill-opacity=\".4\"");
    }
}
