//! The coverage at a glance: a row an authority, a mark a topic, a shape a state.

use super::{Drawing, WIDTH};
use crate::site::page::name;
use crate::view::coverage::{Matrix, State};

/// How high a row is, its name included.
const ROW: usize = 42;
const MARK: usize = 9;

/// The picture, `None` where there is nothing to draw.
pub fn picture(matrix: &Matrix) -> Option<String> {
    let topics = matrix.lines.len();
    if topics == 0 || matrix.authorities.is_empty() {
        return None;
    }
    let mut drawing = Drawing::new();
    for (row, authority) in matrix.authorities.iter().enumerate() {
        let y = row * ROW;
        drawing.words(0, y + 14, "name", &authority.short_name);
        for (column, line) in matrix.lines.iter().enumerate() {
            mark(&mut drawing, column * WIDTH / topics, y + 21, line.standings[row].state);
        }
    }
    let sentence = format!(
        "What is held of {} on {}; the page of topics says it in words.",
        name::count(matrix.authorities.len(), "authority", "authorities"),
        name::count(topics, "topic", "topics"),
    );
    Some(drawing.finish(matrix.authorities.len() * ROW, &sentence))
}

/// One topic: full where each question has a clause, half where some have, a ring where none
/// has, a dot where no text is held or it is not yet reviewed.
fn mark(drawing: &mut Drawing, x: usize, y: usize, state: State) {
    match state {
        State::Addressed => drawing.rect(x, y, MARK, MARK + 3, "full"),
        State::InPart => {
            drawing.rect(x + 1, y + 1, MARK - 2, MARK + 1, "open");
            drawing.rect(x, y + 6, MARK, MARK - 3, "full");
        }
        State::NotHeld | State::NotReviewed => drawing.circle(x + 4, y + 6, 1, "faint-full"),
        State::Silent(_) | State::SilentInSeveralWays => drawing.circle(x + 4, y + 6, 4, "faint"),
    }
}
