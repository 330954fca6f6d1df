//! Planted errors: a text with another number or another word, which its reader must find.
//!
//! In: texts. Out: texts that are false if the first was true. Not here: readers.

/// The text with another first digit in one of its numbers, for each number that is not part of a
/// name.
pub fn with_other_numbers(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut index = 0;
    while index < letters.len() {
        let is_named = index > 0 && letters[index - 1].is_alphabetic();
        let length = letters[index..]
            .iter()
            .take_while(|letter| letter.is_ascii_digit() || ['.', ','].contains(letter))
            .count();
        let number = &letters[index..index + length];
        if !number.iter().any(char::is_ascii_digit) || is_named {
            index += length.max(1);
            continue;
        }
        let is_first = |letter: &char| ('1'..='9').contains(letter);
        let place = number.iter().position(is_first);
        let place = index
            + place
                .or(number.iter().position(char::is_ascii_digit))
                .unwrap_or(0);
        let digit = letters[place].to_digit(10).unwrap_or(0);
        let mut other = letters.clone();
        other[place] = char::from_digit((digit + 4) % 9 + 1, 10).unwrap_or('7');
        found.push(other.into_iter().collect());
        index += length;
    }
    found
}

/// The text with one word for another, for each pair the first of which is in it.
pub fn with_other_words(text: &str, pairs: &[(&str, &str)]) -> Vec<String> {
    let of_pair = pairs.iter().filter(|(word, _)| text.contains(word));
    of_pair
        .map(|(word, other)| text.replacen(word, other, 1))
        .collect()
}

/// Checks `text`, then that every error planted in it is found; what is wrong.
pub fn fault(
    text: &str,
    pairs: &[(&str, &str)],
    check: impl Fn(&str) -> Result<(), String>,
) -> Option<String> {
    if let Err(why) = check(text) {
        return Some(format!("{text}\n    is false: {why}"));
    }
    let mut planted = with_other_numbers(text);
    planted.extend(with_other_words(text, pairs));
    let unseen = planted.iter().find(|planted| check(planted).is_ok());
    unseen.map(|planted| format!("{text}\n    is taken for true as: {planted}"))
}
