//! Which scenarios of a batch are meant: by filter, and by shard.
//!
//! In: ids. Out: those that are meant, in their order. Not here: where the ids come from.

/// One of several parts of a batch, run on machines of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shard {
    /// From 1.
    pub number: u32,
    pub of: u32,
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let rule = || "write I/N with 1 <= I <= N <= 1000, as in 2/3".to_owned();
        let (number, of) = text.split_once('/').ok_or_else(rule)?;
        let number: u32 = number.trim().parse().map_err(|_| rule())?;
        let of: u32 = of.trim().parse().map_err(|_| rule())?;
        match (1..=of).contains(&number) && of <= 1000 {
            true => Ok(Self { number, of }),
            false => Err(rule()),
        }
    }
}

impl Shard {
    /// Whether the `index`-th of the ids in order is its.
    ///
    /// In turn, so that neighbours, which cost alike, are spread over all shards.
    pub fn holds(self, index: usize) -> bool {
        index as u64 % u64::from(self.of) == u64::from(self.number - 1)
    }
}

/// Whether `id` is what `filter` asks for: a part of it, or all of it where the filter has a `*`,
/// which stands for any text.
pub(super) fn matches(filter: &str, id: &str) -> bool {
    if !filter.contains('*') {
        return id.contains(filter);
    }
    let pieces: Vec<&str> = filter.split('*').collect();
    let (first, last) = (pieces[0], pieces[pieces.len() - 1]);
    let Some(rest) = id.strip_prefix(first) else {
        return false;
    };
    let Some(mut rest) = rest.strip_suffix(last) else {
        return false;
    };
    for piece in &pieces[1..pieces.len() - 1] {
        // the leftmost place leaves the most room for those that follow
        let Some(at) = rest.find(piece) else {
            return false;
        };
        rest = &rest[at + piece.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_in_exactly_one_shard() {
        for of in 1..=7 {
            for index in 0..50 {
                let holding = (1..=of).filter(|&number| Shard { number, of }.holds(index));
                assert_eq!(holding.count(), 1);
            }
        }
    }

    #[test]
    fn a_shard_is_one_of_how_many() {
        assert_eq!("2/3".parse(), Ok(Shard { number: 2, of: 3 }));
        for text in [
            "0/3", "4/3", "2", "a/3", "1/0", "-1/3", "1/1001", "1/3/5", "",
        ] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_filter_is_a_part_of_the_id_or_a_pattern() {
        let id = "matrix/residence=germany,spend=1000";
        for filter in [
            "matrix",
            "spend=1000",
            "matrix/*",
            "*spend=1000",
            "matrix/*germany*1000",
            "*",
            "",
            "m*x/*,*",
        ] {
            assert!(matches(filter, id), "{filter}");
        }
        for filter in [
            "Matrix",
            "*germany",
            "matrix*germany",
            "spend=100,",
            "a*",
            "**b",
        ] {
            assert!(!matches(filter, id), "{filter}");
        }
        // what is before the star and what is behind it may not overlap
        assert!(!matches("aba*ba", "aba"));
        assert!(matches("ab*ba", "abba"));
    }
}
