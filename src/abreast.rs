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

/// What two works make, done at once.
pub fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(one, other)
}

/// Into how many pieces a work that has to remember things is best divided.
pub fn pieces() -> usize {
    rayon::current_num_threads()
}

/// Does a long work on processors of its own, as it were: nothing else waits for a turn behind it,
/// and it takes the turns that others leave.
pub fn aside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().start_handler(|_| give_way()).build() {
        Ok(threads) => threads.install(work),
        // The system has no more threads.
        Err(_) => work(),
    }
}

/// Linux alone gives a thread a rank of its own.
fn give_way() {
    #[cfg(target_os = "linux")]
    // Without it the work is only in the way of others.
    let _ = rustix::process::nice(10);
}
