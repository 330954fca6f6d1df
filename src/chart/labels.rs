//! Text layout: spread labels, wrapped lines, short names, and labels at line ends instead of a legend.
//!
//! In: desired positions, widths. Out: positions and text; labels beside a panel, with a short leader line
//! where one had to move. Not here: the lines' meaning.

use super::canvas::{Line, Picture, Type, VPos};
use super::frame::is_narrow;
use super::panel::Panel;
use super::theme::Ink;

/// Computes the positions nearest to `wished` (least squares) of the middles of labels with these `heights`, so that
/// they keep their order and do not overlap. The labels stay within `low` … `high` if there is room for all.
///
/// `wished` need not be sorted; the result is in its order. Less the heights of the labels before it, the position of
/// each label in rising order is isotonic regression, solved by pooling adjacent violators (Ayer et al. 1955).
fn spread(wished: &[f64], heights: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wished.len()).collect();
    order.sort_by(|a, b| wished[*a].total_cmp(&wished[*b]).then(a.cmp(b)));
    let mut pools: Vec<(f64, usize)> = Vec::new();
    let mut before = vec![0.0; wished.len()];
    for (rank, index) in order.iter().enumerate() {
        before[rank] = match rank.checked_sub(1) {
            Some(last) => before[last] + (heights[order[last]] + heights[*index]) / 2.0,
            None => 0.0,
        };
        let mut pool = (wished[*index] - before[rank], 1);
        while let Some(last) = pools.last().copied().filter(|last| last.0 > pool.0) {
            let n = last.1 + pool.1;
            let sum = last.0 * last.1 as f64 + pool.0 * pool.1 as f64;
            pool = (sum / n as f64, n);
            pools.pop();
        }
        pools.push(pool);
    }
    let half = |index: Option<&usize>| index.map_or(0.0, |index| heights[*index] / 2.0);
    let low = low + half(order.first());
    let room = high - half(order.last()) - before.last().copied().unwrap_or(0.0);
    let levels = pools.iter().flat_map(|pool| std::iter::repeat_n(pool.0, pool.1));
    let mut placed = vec![0.0; wished.len()];
    for ((rank, index), level) in order.iter().enumerate().zip(levels) {
        placed[*index] = level.min(room).max(low) + before[rank];
    }
    placed
}

/// Breaks `text` at spaces into at most `n_lines` lines. Only the last line, or a single long word, may be wider
/// than `width` pixels.
pub fn wrap(text: &str, set: &Type, width: f64, n_lines: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        // keeps a sign on the same line as its number
        let sign =
            words.next_if(|next| next.starts_with('%')).map_or(String::new(), |sign| format!(" {sign}"));
        let word = format!("{word}{sign}");
        match lines.last_mut() {
            Some(line) if set.width(&format!("{line} {word}")) <= width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    if lines.len() > n_lines {
        let rest = lines.split_off(n_lines - 1);
        lines.push(rest.join(" "));
    }
    lines
}

/// Breaks `text` like [`wrap`], but into lines of about the same width, so that no word stands alone in the last one.
pub fn balanced(text: &str, set: &Type, width: f64, n_lines: usize) -> Vec<String> {
    let lines = wrap(text, set, width, n_lines);
    if lines.len() < 2 {
        return lines;
    }
    let mut narrower = (10..20).map(|part| wrap(text, set, f64::from(part) / 20.0 * width, usize::MAX));
    narrower.find(|narrower| narrower.len() == lines.len()).unwrap_or(lines)
}

/// Returns `text`, with an ellipsis in its middle if it is wider than `width` pixels: names often differ at their ends,
/// and a label ends with its figure.
pub fn shorten(text: &str, set: &Type, width: f64) -> String {
    let room = width - set.width("…");
    let bytes = |letters: &mut dyn Iterator<Item = char>| -> usize {
        let fitting = letters.scan(0.0, |taken, letter| {
            *taken += set.width(letter.encode_utf8(&mut [0; 4]));
            (*taken <= room / 2.0).then_some(letter.len_utf8())
        });
        fitting.sum()
    };
    if set.width(text) <= width {
        return text.to_string();
    }
    if room < 0.0 {
        return String::new();
    }
    let (head, tail) = (bytes(&mut text.chars()), bytes(&mut text.chars().rev()));
    format!("{}…{}", text[..head].trim_end(), text[text.len() - tail..].trim_start())
}

const SIZE: f64 = 12.0;
/// Height in pixels of a label with one line, and of each further line.
const PITCH: f64 = 16.0;
const LINE_PITCH: f64 = 13.0;
/// Largest width in pixels of a line of the label at the end of a curve; narrow pictures break it into several lines.
const WIDEST: f64 = 260.0;
const WIDEST_IF_NARROW: f64 = 106.0;
const MOST_LINES: usize = 3;
/// Distance between the panel and the labels at its right, in pixels.
pub const LABEL_GAP: f64 = 12.0;

/// A label at the right end of the line whose last value is `value`, in the units of the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    pub value: f64,
    pub text: String,
    pub ink: Ink,
}

impl End {
    pub fn new(value: f64, text: String, ink: Ink) -> Self {
        Self { value, text, ink }
    }

    /// Creates a label `name figure`.
    pub fn named(value: f64, name: &str, figure: &str, ink: Ink) -> Self {
        Self::new(value, format!("{name} {figure}"), ink)
    }

    fn set(&self) -> Type {
        Type::new(SIZE, self.ink).semibold().down(VPos::Center)
    }
}

/// Breaks the label into lines, for a picture `width` pixels wide, and shortens those that are too wide.
fn lines(end: &End, width: f64) -> Vec<String> {
    let (widest, most) = if is_narrow(width) { (WIDEST_IF_NARROW, MOST_LINES) } else { (WIDEST, 1) };
    let lines = wrap(&end.text, &end.set(), widest, most);
    lines.iter().map(|line| shorten(line, &end.set(), widest)).collect()
}

/// Returns the height in pixels of a label with these lines.
fn height_of(lines: &[String]) -> f64 {
    PITCH + (lines.len() as f64 - 1.0) * LINE_PITCH
}

/// Returns the height in pixels that the labels need together, in a picture `width` wide.
pub fn height(ends: &[End], width: f64) -> f64 {
    ends.iter().map(|end| height_of(&lines(end, width))).sum()
}

/// Returns the space in pixels that the labels need at the right of the panel, for a picture `width` wide.
pub fn room(ends: &[End], width: f64) -> f64 {
    let of = |end: &End| lines(end, width).iter().map(|line| end.set().width(line)).fold(0.0, f64::max);
    LABEL_GAP + ends.iter().map(of).fold(0.0, f64::max)
}

/// Draws the labels to the right of `panel`, moved apart where they would overlap.
pub fn label_ends(picture: &mut Picture, panel: &Panel, ends: &[End]) {
    let last = panel.x.ends().1;
    let (top, bottom) = (panel.area.top - 4.0, panel.area.bottom + 4.0);
    // a value beyond the axis is labeled at the end of the axis
    let place = |end: &End| panel.at(last, end.value).1.clamp(panel.area.top, panel.area.bottom);
    let wished: Vec<f64> = ends.iter().map(place).collect();
    let texts: Vec<Vec<String>> = ends.iter().map(|end| lines(end, picture.width())).collect();
    let heights: Vec<f64> = texts.iter().map(|lines| height_of(lines)).collect();
    let placed = spread(&wished, &heights, top, bottom);
    for (((end, lines), from), to) in ends.iter().zip(&texts).zip(&wished).zip(&placed) {
        if (from - to).abs() > 3.0 {
            let (left, right) = (panel.area.right + 2.0, panel.area.right + LABEL_GAP - 3.0);
            let leader = [(left, *from), (right, *to)];
            picture.line(leader, Line::new(Ink::Axis, 0.8));
        }
        let x = panel.area.right + LABEL_GAP;
        for (line, place) in lines.iter().zip(0..) {
            let y = to - (height_of(lines) - PITCH) / 2.0 + f64::from(place) * LINE_PITCH;
            picture.text(line, (x, y), &end.set());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_without_room_are_pushed_apart_by_the_least_amount() {
        assert_eq!(spread(&[90.0, 10.0, 50.0], &[15.0; 3], 0.0, 100.0), [90.0, 10.0, 50.0]);
        assert_eq!(spread(&[50.0, 50.0], &[20.0; 2], 0.0, 100.0), [40.0, 60.0]);
        assert_eq!(spread(&[50.0, 50.0, 50.0], &[10.0; 3], 0.0, 100.0), [40.0, 50.0, 60.0]);
        assert_eq!(spread(&[50.0, 50.0, 50.0], &[10.0, 30.0, 10.0], 0.0, 100.0), [30.0, 50.0, 70.0]);
    }

    #[test]
    fn labels_stay_inside_and_keep_their_gap() {
        let wished = [99.0, 98.0, 97.0, 3.0, 2.0];
        let placed = spread(&wished, &[12.0; 5], 0.0, 100.0);
        let mut sorted = placed.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 12.0 - 1e-9));
        assert!(sorted[0] >= 0.0 && sorted[4] <= 100.0);
        assert!(placed[0] > placed[1] && placed[3] > placed[4]);
    }

    #[test]
    fn a_narrow_picture_shows_the_whole_label_and_its_figure_in_several_lines() {
        let long = "income alone covers spending 12.3 %";
        for text in ["median $4,200", "95th percentile, median, 5th percentile $667", long] {
            let end = End::new(1.0, text.to_owned(), Ink::Text);
            let narrow = lines(&end, super::super::NARROW);
            assert_eq!((narrow.join(" "), lines(&end, super::super::WIDTH).len()), (text.to_owned(), 1));
            assert!(room(&[end], super::super::NARROW) < 130.0);
        }
        let end = End::named(1.0, &"a name without end ".repeat(4), "$4,200", Ink::Text);
        assert!(room(std::slice::from_ref(&end), super::super::NARROW) < 130.0);
        assert!(lines(&end, super::super::NARROW).last().is_some_and(|line| line.ends_with("$4,200")));
    }

    #[test]
    fn no_word_stands_alone_in_the_last_line() {
        let set = Type::new(12.0, Ink::Text);
        let text = "5 % of paths lose over $127k to loss events";
        assert_eq!(wrap(text, &set, 235.0, 4)[1], "events");
        assert_eq!(balanced(text, &set, 235.0, 4), ["5 % of paths lose over", "$127k to loss events"]);
    }

    #[test]
    fn megabytes_of_text_are_broken_and_shortened() {
        // in squares of the letters it would be hours
        let set = Type::new(12.0, Ink::Text);
        for text in ["long ".repeat(400_000), "long".repeat(500_000)] {
            let lines = wrap(&text, &set, 300.0, 2);
            assert!(lines[..lines.len() - 1].iter().all(|line| set.width(line) <= 300.0));
            assert!(shorten(&text, &set, 300.0).contains('…'));
        }
    }

    #[test]
    fn long_text_is_broken_or_shortened_to_the_width() {
        let set = Type::new(12.0, Ink::Text);
        let text = "a name that goes on and on until nobody reads it any more";
        assert!(set.width(&shorten(text, &set, 100.0)) <= 100.0);
        assert_eq!(shorten(text, &set, 100.0), "a name…y more");
        for n_lines in 1..4 {
            let lines = wrap(text, &set, 140.0, n_lines);
            assert!(lines.len() <= n_lines);
            assert!(lines[..lines.len() - 1].iter().all(|line| set.width(line) <= 140.0));
            assert_eq!(lines.join(" "), text);
        }
        assert_eq!(wrap("short", &set, 140.0, 2), ["short"]);
        assert_eq!(shorten("short", &set, 140.0), "short");
        assert_eq!([shorten("i", &set, 5.0), shorten("in", &set, 5.0)], ["i", ""]);
        // names with a common beginning stay apart
        let cut = |side| shorten(&format!("Fleet of services in the far {side} $56k"), &set, 150.0);
        assert_eq!(cut("north"), "Fleet of ser…north $56k");
        assert_eq!(cut("south"), "Fleet of ser…south $56k");
    }
}
