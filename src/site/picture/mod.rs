//! Pictures where looking beats reading, as inline SVG: the coverage, a timeline of texts, the
//! principles by authority.
//!
//! A picture says nothing that its page does not say in words as well. It is one image to a
//! screen reader, with a sentence in place of the drawing and the words beside it. Lengths are
//! whole numbers in a frame [`WIDTH`] wide, narrow enough to be read on a phone; the style sheet
//! gives colours by class.

pub mod coverage;
pub mod principles;
pub mod timeline;

use crate::markdown::{escape, escape_into};

/// The width of every picture.
pub const WIDTH: usize = 360;

/// A drawing in the making.
struct Drawing {
    body: String,
}

impl Drawing {
    fn new() -> Self {
        Drawing { body: String::new() }
    }

    /// Words that begin at `x` and stand on the line `y`.
    fn words(&mut self, x: usize, y: usize, class: &str, words: &str) {
        self.body.push_str(&format!("<text x=\"{x}\" y=\"{y}\" class=\"{class}\">"));
        escape_into(words, &mut self.body);
        self.body.push_str("</text>\n");
    }

    /// Words that end at `x`.
    fn words_to(&mut self, x: usize, y: usize, class: &str, words: &str) {
        self.body.push_str(&format!("<text x=\"{x}\" y=\"{y}\" class=\"{class}\" text-anchor=\"end\">"));
        escape_into(words, &mut self.body);
        self.body.push_str("</text>\n");
    }

    fn rect(&mut self, x: usize, y: usize, width: usize, height: usize, class: &str) {
        self.body.push_str(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" class=\"{class}\"/>\n"
        ));
    }

    fn circle(&mut self, x: usize, y: usize, radius: usize, class: &str) {
        self.body.push_str(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" class=\"{class}\"/>\n"));
    }

    fn line(&mut self, from: (usize, usize), to: (usize, usize), class: &str) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.body.push_str(&format!(
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" class=\"{class}\"/>\n"
        ));
    }

    /// The picture, with the sentence that stands for it.
    fn finish(self, height: usize, sentence: &str) -> String {
        format!(
            "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">\n{}</svg>\n",
            escape(sentence),
            self.body
        )
    }
}
