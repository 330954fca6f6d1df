//! A document on a terminal: wrapped sentences, aligned columns.
//!
//! In: a [`Document`], a width. Out: plain text of at most that width, where its longest word allows.
//! Not here: what is said.

use super::columns::Laid;
use super::text::one_line;
use super::{Block, Document, Tone};
use std::collections::BTreeSet;

/// Narrowest and widest screen that is laid out; a narrower terminal wraps by itself.
const WIDTHS: (usize, usize) = (60, 80);

/// Longest command that is kept on one line.
const LONGEST: usize = 50;

/// What stands out, and the end of it.
const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";

/// Text being laid out.
pub(super) struct Screen {
    pub text: String,
    pub width: usize,
    /// Whether titles and verdicts stand out.
    pub is_styled: bool,
}

impl Document {
    /// The document on a terminal of `width` columns; 60 to 80 are used.
    pub fn to_text(&self, width: usize) -> String {
        self.laid(width, false)
    }

    /// The same with escape codes for what stands out; a stream without colour leaves them out.
    pub fn to_styled(&self, width: usize) -> String {
        self.laid(width, true)
    }

    fn laid(&self, width: usize, is_styled: bool) -> String {
        let mut screen = Screen {
            text: String::new(),
            width: width.clamp(WIDTHS.0, WIDTHS.1),
            is_styled,
        };
        if !self.title.is_empty() {
            screen.indented(&self.title.words(), "", "");
            screen.stand_out(0, BOLD);
        }
        screen.blocks(&self.blocks);
        screen.text
    }
}

impl Screen {
    /// Gives a verdict at the end of what was written from `start` on the colour that it is meant in.
    pub fn colour(&mut self, start: usize, word: &str, tone: Tone) {
        let code = match tone {
            Tone::Good => "\u{1b}[32m",
            Tone::Bad => "\u{1b}[31m",
            Tone::Open => "\u{1b}[33m",
            Tone::Changed => "\u{1b}[34m",
            Tone::Quiet => return,
        };
        if let Some(at) = self.text[start..]
            .trim_end()
            .strip_suffix(word)
            .map(str::len)
        {
            self.stand_out(start + at, code);
        }
    }

    /// Lets what was written from `start` on stand out.
    fn stand_out(&mut self, start: usize, code: &str) {
        if self.is_styled {
            let written = self.text.split_off(start);
            let (text, end) = written.split_at(written.trim_end().len());
            self.text.push_str(&format!("{code}{text}{PLAIN}{end}"));
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Gap => self.text.push('\n'),
                Block::Heading(word, meaning) => {
                    let (word, meaning) = (word.words().to_uppercase(), meaning.ticked());
                    let start = self.text.len();
                    let line = format!("{word}  {meaning}");
                    match meaning.is_empty() {
                        true => self.indented(&word, "", ""),
                        // no words of a sentence: the gap stays
                        false if length(&line) <= self.width => self.line(&line),
                        false => self.indented(&line, "", "  "),
                    }
                    // the word alone, and not what it means
                    if self.text[start..].starts_with(&word) {
                        let rest = self.text.split_off(start + word.len());
                        self.stand_out(start, BOLD);
                        self.text.push_str(&rest);
                    }
                }
                Block::Sentence(text) => self.indented(&text.ticked(), "  ", "  "),
                Block::Warning(text) => {
                    self.indented(&format!("! {}", text.ticked()), "  ", "    ")
                }
                Block::Fine(text) => self.indented(&text.ticked(), "", ""),
                Block::List(items) => {
                    for item in items {
                        self.indented(&item.ticked(), "  ", "    ");
                    }
                }
                Block::Table(table) => {
                    let table = table.clone().without_spare();
                    Laid::within(self.width, &table).write(&table, self);
                }
                Block::Picture(_) | Block::Fold(..) => {}
            }
        }
    }

    pub fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// Breaks `sentence` at spaces.
    pub fn indented(&mut self, sentence: &str, first: &str, other: &str) {
        let mut current = first.to_owned();
        let mut is_empty = true;
        let words: Vec<&str> = sentence.split_whitespace().collect();
        let mut n_held = 0_usize;
        for (index, word) in words.iter().enumerate() {
            // a figure and its sign stay together, and a command that may be copied
            let sign = words.get(index + 1).filter(|next| next.starts_with('%'));
            let mut needed = length(word) + sign.map_or(0, |sign| 1 + length(sign));
            let is_held = word.starts_with('%') || n_held > 0;
            n_held = n_held.saturating_sub(1);
            if let Some((n_words, whole)) = command(&words[index..]) {
                (n_held, needed) = (n_words - 1, whole);
            }
            if !is_empty && !is_held && length(&current) + 1 + needed > self.width {
                self.line(&current);
                other.clone_into(&mut current);
                is_empty = true;
            }
            if !is_empty {
                current.push(' ');
            }
            current.push_str(word);
            is_empty = false;
        }
        self.line(&current);
    }

    /// A name, broken behind commas where it is longer than the screen.
    pub fn name(&mut self, name: &str) {
        let mut line = "  ".to_owned();
        for part in name.split_inclusive([',', ' ']) {
            if length(&line) + length(part) > self.width && !line.trim().is_empty() {
                self.line(&line);
                "    ".clone_into(&mut line);
            }
            line.push_str(part);
        }
        self.line(&line);
    }
}

/// Words and length of the command in backticks that `words` begin with, if it fits on any line.
fn command(words: &[&str]) -> Option<(usize, usize)> {
    let is_begun = |word: &&str| word.starts_with('`') && word.matches('`').count() == 1;
    words.first().filter(|word| is_begun(word))?;
    let n_words = 2 + words[1..].iter().position(|word| word.contains('`'))?;
    let whole = n_words - 1
        + words[..n_words]
            .iter()
            .map(|word| length(word))
            .sum::<usize>();
    (whole <= LONGEST).then_some((n_words, whole))
}

/// Columns that a text takes; every letter is taken to be one column wide.
pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// At most `width` letters; what is cut shows.
pub(super) fn shortened(text: &str, width: usize) -> String {
    if length(text) <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// `names` in at most `width` letters each, their ends where their beginnings do not tell them apart.
pub fn shortened_apart(names: &[&str], width: usize) -> Vec<String> {
    let names: Vec<String> = names.iter().map(|name| one_line(name)).collect();
    let begins: Vec<String> = names.iter().map(|name| shortened(name, width)).collect();
    let distinct: BTreeSet<&String> = begins.iter().collect();
    if distinct.len() == names.len() {
        return begins;
    }
    let end = |name: String| match length(&name).checked_sub(width) {
        None | Some(0) => name,
        Some(n) => format!("…{}", name.chars().skip(n + 1).collect::<String>()),
    };
    names.into_iter().map(end).collect()
}
