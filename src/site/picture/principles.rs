//! The principles by authority: how many clauses bear on each, and on what the link rests.

use super::{Drawing, WIDTH};
use crate::handbook::{Basis, Principle};
use crate::view::principles::Bearing;

const NAME: usize = 22;
const BAR: usize = 13;
/// Where the bars begin; what stands before is the authority's name.
const LEFT: usize = 148;
/// Room for the number behind the longest bar.
const RIGHT: usize = WIDTH - 24;

/// The picture: for each principle what bears on it, authority by authority. `None` where
/// there is nothing to draw. Authorities of which no text is held are not in it.
pub fn picture(columns: &[(&Principle, Vec<&Bearing>)]) -> Option<String> {
    let most =
        columns.iter().flat_map(|(_, it)| it).map(|it| it.provisions.len()).max().filter(|it| *it > 0)?;
    let mut drawing = Drawing::new();
    let mut y = 0;
    for (principle, bearings) in columns {
        drawing.words(0, y + 16, "name", &principle.name);
        y += NAME;
        for bearing in bearings {
            drawing.words(8, y + 10, "quiet small", &bearing.authority.short_name);
            let mut x = LEFT;
            for (basis, class) in
                [(Basis::Explicit, "full"), (Basis::Wording, "half"), (Basis::Inferred, "open thin")]
            {
                let width = bearing.resting_on(basis).count() * (RIGHT - LEFT) / most;
                if width > 0 {
                    drawing.rect(x, y + 2, width, BAR - 4, class);
                }
                x += width;
            }
            drawing.words(x + 5, y + 11, "small", &bearing.provisions.len().to_string());
            y += BAR;
        }
        y += 6;
    }
    let sentence =
        "How many clauses of each authority bear on each principle; the table on this page has the numbers.";
    Some(drawing.finish(y, sentence))
}
