//! Scripts and style sheets of the built-in theme as they are published: comments that stand on lines
//! of their own, and the spaces before a line, are for who reads the theme, and would be an eighth of
//! the scripts that a search loads.

/// The same without these. Nobody else's scripts are touched: a line that looks like a comment may be
/// a piece of text there, and so may spaces.
pub fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut within = false;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let ends = words.ends_with("*/");
        let begins = !within && words.starts_with("/*") && (ends || !words.contains("*/"));
        if within || begins {
            within = !ends;
        } else if !words.starts_with("//") {
            out.push_str(line.trim_start_matches(' '));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn comments_on_lines_of_their_own_are_left_out() {
        for (text, expected) in [
            ("a;\n/* one */\nb;\n", "a;\nb;\n"),
            ("a;\n  /* one\n     two */\n  b;\n", "a;\nb;\n"),
            ("  // one\na; // two\n", "a; // two\n"),
            ("/* one */ a;\n", "/* one */ a;\n"),
            ("a; /* one\n*/ b;\n", "a; /* one\n*/ b;\n"),
            ("/* one\n/* two\n*/\na", "a"),
        ] {
            assert_eq!(bare(text), expected, "{text}");
        }
    }
}
