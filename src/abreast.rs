//! The same work on many things, on all processors at once; results stand in the order of the
//! things, so how many processors there are cannot be seen in them.

use rayon::prelude::*;

/// What `work` makes of each thing, in their order.
pub fn map<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    things.par_iter().map(work).collect()
}

/// Does `work` with each thing.
///
/// # Errors
///
/// One of those that `work` returned; of several any, and what was begun is ended first.
pub fn each<T: Sync, E: Send>(
    things: &[T],
    work: impl Fn(&T) -> Result<(), E> + Sync + Send,
) -> Result<(), E> {
    things.par_iter().try_for_each(work)
}

/// Into how many pieces a work that has to remember things is best divided.
pub fn pieces() -> usize {
    rayon::current_num_threads()
}
