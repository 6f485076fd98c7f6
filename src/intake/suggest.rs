//! "Did you mean …?"

use crate::diagnostic::Diagnostic;

/// The name among `known` that `name` most likely stands for, or `None` if none is near.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    known
        .into_iter()
        .map(|it| (strsim::jaro_winkler(name, it), it))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, it)| it)
}

/// Whether one name is written instead of another by a slip of the pen: by two letters at most.
pub fn is_slip(name: &str, known: &str) -> bool {
    (1..=2).contains(&strsim::damerau_levenshtein(name, known))
}

/// The same diagnostic, with the nearest known name as its hint where one is near.
pub fn with_nearest<'k>(
    diagnostic: Diagnostic,
    name: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Diagnostic {
    match nearest(name, known) {
        Some(known) => diagnostic.hint(format!("did you mean `{known}`?")),
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_pen_is_near_and_another_word_is_not() {
        let known = ["confidentiality", "correspondence", "elections"];
        assert_eq!(nearest("confidentality", known), Some("confidentiality"));
        assert_eq!(nearest("election", known), Some("elections"));
        assert_eq!(nearest("housing", known), None);
    }
}
