//! Just enough of Rust's grammar to see which paths a file names.
//!
//! In: the text of a file. Out: its names and signs without comments and literals, and the paths
//! that begin at a root. Not here: what is allowed (`main.rs`).

pub struct Source {
    /// Relative to `src`, with `/`.
    pub path: String,
    pub text: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// Whether it is a file of tests.
    pub fn is_test(&self) -> bool {
        self.path.ends_with("tests.rs") || self.path.contains("/tests/")
    }

    /// The directory or file directly under `src`.
    pub fn module(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// Number of `super` that lead from the file's own module to the root of the crate.
    pub fn depth(&self) -> usize {
        let parts: Vec<&str> = self.path.split('/').collect();
        parts.len() - usize::from(parts.last() == Some(&"mod.rs"))
    }
}

pub struct Token {
    pub text: String,
    pub line: usize,
}

/// Identifiers, `::` and single signs; comments, texts and characters are left out.
pub fn tokens(source: &str) -> Vec<Token> {
    let text: Vec<char> = source.chars().collect();
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < text.len() {
        let start = at;
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let silent = end_of_silent(&text, at);
        if let Some(end) = silent {
            at = end;
        } else if word(text[at]) {
            while at < text.len() && word(text[at]) {
                at += 1;
            }
        } else if text[at..].starts_with(&[':', ':']) {
            at += 2;
        } else {
            at += 1;
        }
        if silent.is_none() && !text[start].is_whitespace() {
            found.push(Token { text: text[start..at].iter().collect(), line });
        }
        line += text[start..at].iter().filter(|c| **c == '\n').count();
    }
    found
}

/// Where the comment, text or character that begins at `at` ends, if one does.
fn end_of_silent(text: &[char], at: usize) -> Option<usize> {
    let rest = &text[at..];
    let find = |from: usize, what: &[char]| {
        at + (from..rest.len()).find(|&i| rest[i..].starts_with(what)).map_or(rest.len(), |i| i + what.len())
    };
    match rest {
        ['/', '/', ..] => Some(find(2, &['\n'])),
        ['/', '*', ..] => {
            let (mut depth, mut i) = (1, 2);
            while depth > 0 && i < rest.len() {
                let step = match rest[i..] {
                    ['/', '*', ..] => 1,
                    ['*', '/', ..] => -1,
                    _ => 0,
                };
                depth += step;
                i += if step == 0 { 1 } else { 2 };
            }
            Some(at + i)
        }
        ['"', ..] => {
            let mut i = 1;
            while i < rest.len() && rest[i] != '"' {
                i += if rest[i] == '\\' { 2 } else { 1 };
            }
            Some(at + (i + 1).min(rest.len()))
        }
        ['\'', '\\', ..] => Some(find(3, &['\''])),
        ['\'', _, '\'', ..] => Some(at + 3),
        ['r', '"' | '#', ..] | ['b' | 'c', 'r', '"' | '#', ..] => {
            let open = if rest[0] == 'r' { 1 } else { 2 };
            let hashes = rest[open..].iter().take_while(|c| **c == '#').count();
            let mut end = vec!['"'];
            end.resize(hashes + 1, '#');
            let quoted = rest.get(open + hashes) == Some(&'"'); // else a raw name, r#type
            quoted.then(|| find(open + hashes + 1, &end))
        }
        _ => None,
    }
}

/// Names that follow `root::`, also in `root::{a, b::c}`.
pub fn names_below<'a>(tokens: &'a [Token], root: &str) -> Vec<&'a Token> {
    let starts = tokens.windows(2).enumerate();
    starts
        .filter(|(_, pair)| pair[0].text == root && pair[1].text == "::")
        .flat_map(|(i, _)| first_names(&tokens[i + 2..]))
        .collect()
}

/// Names that follow a chain of at least `depth` times `super::`.
pub fn names_by_super(tokens: &[Token], depth: usize) -> Vec<&Token> {
    let (mut names, mut chain) = (Vec::new(), 0);
    for (i, pair) in tokens.windows(2).enumerate() {
        match (pair[0].text.as_str(), pair[1].text.as_str()) {
            ("super", "::") => chain += 1,
            ("::", "super") => {}
            ("::", _) if chain > 0 && chain >= depth => {
                names.extend(first_names(&tokens[i + 1..]));
                chain = 0;
            }
            _ => chain = 0,
        }
    }
    names
}

/// The name that `tokens` begin with, or the first name of every item of a group in braces.
fn first_names(tokens: &[Token]) -> Vec<&Token> {
    let Some(first) = tokens.first().filter(|token| token.text == "{") else {
        return tokens.first().into_iter().collect();
    };
    let (mut names, mut depth, mut before) = (Vec::new(), 1, first);
    for token in &tokens[1..] {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ if depth == 1 && matches!(before.text.as_str(), "{" | ",") => names.push(token),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        before = token;
    }
    names
}

/// A macro that stands at the root of the crate, whatever file declares it.
pub struct Macro {
    pub name: String,
    pub module: String,
}

pub fn exported_macros(source: &Source) -> Vec<Macro> {
    let tokens = tokens(&source.text);
    let exports = (0..tokens.len()).filter(|&i| tokens[i].text == "macro_export");
    let declaration = |i: usize| {
        let after = &tokens[i..];
        let place = after.iter().position(|token| token.text == "macro_rules")?;
        after.get(place + 2) // macro_rules ! name
    };
    exports
        .filter_map(declaration)
        .map(|name| Macro { name: name.text.clone(), module: source.module().into() })
        .collect()
}
