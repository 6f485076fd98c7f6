//! How far everyone is, so that one can wait for another.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::planned::Planned;
use crate::site::Indexes;

/// Longer than any site takes to make; who waits so long goes on with what there is.
const AT_MOST: Duration = Duration::from_secs(60);

#[derive(Default)]
pub struct Progress {
    state: Mutex<State>,
    moved: Condvar,
}

#[derive(Default)]
struct State {
    /// How many messages the eye has sent, and how many of them the desk is done with.
    seen: u64,
    done: u64,
    /// The number of the newest site, and how many attempts came to none.
    made: u64,
    in_vain: u64,
    /// The newest site that the publisher is through with, in whatever way.
    published: u64,
    /// The newest site, until the publisher takes it, and since when it waits.
    waiting: Option<(Arc<Planned>, Instant)>,
    /// Those of the newest site that has indexes of its own.
    indexes: Option<Arc<Indexes>>,
    /// Up to this site nothing is waited for before it is published.
    hurry: u64,
    stopped: bool,
    /// The publisher is at work in the output folder.
    writes: bool,
}

impl Progress {
    /// The eye is about to send a message.
    pub fn see(&self) {
        self.change(|it| it.seen += 1);
    }

    pub fn seen(&self) -> u64 {
        self.state().seen
    }

    /// The desk is done with so many messages.
    pub fn done(&self, messages: u64) {
        self.change(|it| it.done += messages);
    }

    /// Waits until the desk is done with the first `messages`; `false` if it takes too long.
    pub fn until_done(&self, messages: u64) -> bool {
        self.until(AT_MOST, |it| it.done >= messages || it.stopped)
    }

    /// A site has been made, and waits to be published.
    pub fn made_site(&self, site: Arc<Planned>) {
        self.change(|it| {
            it.made = site.number();
            it.waiting = Some((site, Instant::now()));
        });
    }

    /// The newest indexes; `None` before there are any.
    pub fn indexes(&self) -> Option<Arc<Indexes>> {
        self.state().indexes.clone()
    }

    pub fn keep(&self, indexes: Arc<Indexes>) {
        self.change(|it| it.indexes = Some(indexes));
    }

    /// Something changed, and no site could be made of it.
    pub fn made_none(&self) {
        self.change(|it| it.in_vain += 1);
    }

    /// How many sites were made, and how many attempts came to none.
    pub fn made(&self) -> (u64, u64) {
        let state = self.state();
        (state.made, state.in_vain)
    }

    /// Waits until the publisher is through with the newest site, and lets it begin at once.
    pub fn until_published(&self) -> bool {
        let mut newest = 0;
        self.change(|it| {
            newest = it.made;
            it.hurry = newest;
        });
        self.until(AT_MOST, |it| it.published >= newest || it.stopped)
    }

    /// The next site to publish, once nothing newer has come for `idle`; `None` when it is over.
    pub fn to_publish(&self, idle: Duration) -> Option<Arc<Planned>> {
        let mut state = self.state();
        loop {
            if state.stopped {
                return None;
            }
            let left = match &state.waiting {
                None => AT_MOST,
                Some((site, _)) if site.number() <= state.hurry => Duration::ZERO,
                Some((_, since)) => idle.saturating_sub(since.elapsed()),
            };
            if left.is_zero() {
                return state.waiting.take().map(|(site, _)| site);
            }
            state = self.moved.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// The publisher is through with a site.
    pub fn published(&self, number: u64) {
        self.change(|it| it.published = number);
    }

    /// Whether a newer site waits, or all is over: what is being published is of no use then.
    pub fn is_superseded(&self) -> bool {
        let state = self.state();
        state.stopped || state.waiting.is_some()
    }

    /// All is over: what has not begun to be written is not, and nobody is waited for.
    pub fn stop(&self) {
        self.change(|it| it.stopped = true);
    }

    /// Does what writes into the output folder; `None` if all is over.
    pub fn write<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let mut is_over = false;
        self.change(|it| {
            is_over = it.stopped;
            it.writes = !is_over;
        });
        if is_over {
            return None;
        }
        let rest = Rest(self);
        let done = work();
        drop(rest);
        Some(done)
    }

    /// Waits until nothing is being written.
    pub fn until_at_rest(&self, at_most: Duration) {
        self.until(at_most, |it| !it.writes);
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state());
        self.moved.notify_all();
    }

    fn until(&self, at_most: Duration, is_so: impl Fn(&State) -> bool) -> bool {
        let waiting = self.moved.wait_timeout_while(self.state(), at_most, |it| !is_so(it));
        !waiting.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    /// Counters are whole even if who held them panicked.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says that nothing is written any more, even if who wrote panicked.
struct Rest<'p>(&'p Progress);

impl Drop for Rest<'_> {
    fn drop(&mut self) {
        self.0.change(|it| it.writes = false);
    }
}
