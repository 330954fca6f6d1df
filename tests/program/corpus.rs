//! Inputs that once made the reader of scenarios think: none of them may make it panic.

use std::path::Path;

use tailwheel::form::Colour;
use tailwheel::scenario::read;

/// Reads the bytes as a file and as an assignment, and renders what is wrong with them.
fn survive(bytes: &[u8]) {
    let base = include_str!("corpus/flagship.toml");
    let loader = |path: &str| match path {
        "mine.toml" => Ok(bytes.to_vec()),
        "base.toml" => Ok(base.as_bytes().to_vec()),
        _ => Err("no such file".into()),
    };
    for set in [vec![], vec![String::from_utf8_lossy(bytes).into_owned()]] {
        if let Err(refusal) = read("mine.toml", &set, &loader) {
            assert!(!refusal.faults.is_empty());
            refusal.render(Colour::Plain);
            refusal.render(Colour::Styled);
        }
    }
}

fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/corpus");
    let entries = std::fs::read_dir(folder).expect("the corpus is part of the repository");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("a readable file")).collect()
}

#[test]
fn no_input_of_the_corpus_makes_the_reader_panic() {
    let corpus = corpus();
    assert!(corpus.len() >= 10);
    corpus.iter().for_each(|bytes| survive(bytes));
}

/// Mutates the corpus for `TAILWHEEL_FUZZ_SECONDS` (default 600). A panic names the file in the target
/// folder that holds the input; a find belongs into the corpus.
#[test]
#[ignore = "runs for ten minutes"]
fn no_mutation_of_the_corpus_makes_the_reader_panic() {
    let seconds =
        std::env::var("TAILWHEEL_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(600);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(seconds);
    let corpus = corpus();
    let mut random = Random(seconds | 1);
    let find = Path::new(env!("CARGO_TARGET_TMPDIR")).join("panicking-input");
    let mut count = 0_u64;
    while std::time::Instant::now() < deadline {
        let input = mutated(&corpus, &mut random);
        std::fs::write(&find, &input).expect("a writable target folder");
        let start = std::time::Instant::now();
        survive(&input);
        let took = start.elapsed();
        assert!(took.as_secs() < 5, "{took:?} for {}", find.display());
        count += 1;
    }
    assert!(count > 100, "{count} inputs only");
}

/// xorshift64*, good enough to break things.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let word = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D);
        (word >> 33) as usize % n.max(1)
    }
}

/// Tokens that mean something to the reader.
const TOKENS: &str = "[¦]¦[[asset]]¦{¦}¦\"¦'¦\"\"\"¦=¦.¦,¦\n¦#¦ %¦%/year¦/month¦ years¦-¦–¦nan¦inf¦-0.0¦1e308¦\
    9223372036854775808¦0x¦1_0¦name¦class¦roi¦roi_law¦\"pert\"¦roi_mode¦jumps¦rate¦pairs¦order¦\
    matrix¦default¦copula¦\"t\"¦dof¦repair = \"nearest\"\n¦extends = \"base.toml\"\n¦\
    drop = [\"asset.defi\"]\n¦[correlation]\n¦[owner]\n¦[run]\n¦true¦ä¦\u{feff}¦\u{202e}¦\u{0}¦\r\n¦\
    \t¦2027-01¦1979-05-27T07:32:00Z¦\\u00e9¦[0.35, 0.22]";

fn token(random: &mut Random) -> &'static str {
    TOKENS.split('¦').nth(random.below(TOKENS.matches('¦').count() + 1)).expect("one of them")
}

fn mutated(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(8) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(30)).min(bytes.len());
        match random.below(7) {
            0 => drop(bytes.drain(at..end)),
            1 => insert(&mut bytes, at, token(random).as_bytes()),
            2 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = random.below(256) as u8),
            3 => {
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len() + 1);
                insert(&mut bytes, to, &piece);
            }
            4 => {
                let other = &corpus[random.below(corpus.len())];
                let from = random.below(other.len() + 1);
                let to = (from + random.below(200)).min(other.len());
                let piece = other[from..to].to_vec();
                insert(&mut bytes, at, &piece);
            }
            5 => replace_number(&mut bytes, at, &(random.below(400) as f64 / 100.0 - 2.0).to_string()),
            _ => drop(bytes.splice(at..end, token(random).bytes())),
        }
        bytes.truncate(20_000);
    }
    bytes
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    bytes.splice(at..at, piece.iter().copied());
}

/// Puts another number in place of the next one, so that the file stays readable and its rules are met.
fn replace_number(bytes: &mut Vec<u8>, from: usize, number: &str) {
    let is_part = |byte: &&u8| byte.is_ascii_digit() || **byte == b'.';
    if let Some(start) = (from..bytes.len()).find(|at| bytes[*at].is_ascii_digit()) {
        let length = bytes[start..].iter().take_while(is_part).count();
        bytes.splice(start..start + length, number.bytes());
    }
}
