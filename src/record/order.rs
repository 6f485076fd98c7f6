//! The order in which a person would look for a number: 1.2, 1.10, 1.10a, 2.

/// What ids and addresses are sorted by. Two texts have the same only if they are equal.
pub fn natural(text: &str) -> (Vec<Run>, String) {
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|it: char| it.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        runs.push(if digits {
            let number = run.trim_start_matches('0');
            Run::Number(number.len(), number.to_owned())
        } else {
            Run::Words(run.to_owned())
        });
        rest = after;
    }
    (runs, text.to_owned())
}

/// A run of digits or of other letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Run {
    /// How many digits, and which: of any length, without the zeros before them.
    Number(usize, String),
    Words(String),
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn numbers_sort_by_what_they_count() {
        let sorted = [
            "1",
            "1.1",
            "1.2",
            "1.09",
            "1.10",
            "1.10a",
            "2",
            "10",
            "99999999999999999999999999999999999999998",
            "99999999999999999999999999999999999999999",
            "annex-a",
            "annex-b2",
            "annex-b10",
        ];
        let mut shuffled = sorted;
        shuffled.reverse();
        shuffled.sort_by_key(|it| natural(it));
        assert_eq!(shuffled, sorted);
    }
}
