//! How many may be connected at once, and who makes room for the next.
//!
//! A connection that waits for nothing (half a request, or none since the last answer) gives up its
//! place when all are taken. Who waits for news keeps it, so of those there are fewer.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// Half of the files that most systems let a program have open. The others wait in the system's
/// queue.
const PLACES: usize = 512;

/// More pages than anyone looks at: tabs that nobody sees wait for no news.
const FOR_NEWS: usize = 128;

/// A client that is at it sends its request sooner than this, however busy the machine.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often it is looked for someone who can leave, while all places are taken.
const ROUND: Duration = Duration::from_millis(20);

/// See the module.
pub struct Room {
    places: Arc<Semaphore>,
    for_news: Arc<Semaphore>,
    /// Those that wait for nothing: since when, the longest first.
    idle: Mutex<Idle>,
}

#[derive(Default)]
struct Idle {
    next: u64,
    seats: BTreeMap<u64, (Instant, Arc<Notify>)>,
}

/// The place of one connection.
pub struct Seat {
    room: Arc<Room>,
    /// Its number among the idle; `None` while a request is answered.
    rests: Mutex<Option<u64>>,
    leave: Arc<Notify>,
    news: OnceLock<OwnedSemaphorePermit>,
    _place: OwnedSemaphorePermit,
}

impl Room {
    pub fn new() -> Arc<Room> {
        let places = |it| Arc::new(Semaphore::new(it));
        Arc::new(Room { places: places(PLACES), for_news: places(FOR_NEWS), idle: Mutex::default() })
    }

    /// A place for a new connection, once there is one.
    pub async fn seat(self: &Arc<Self>) -> Seat {
        let place = loop {
            let free = Arc::clone(&self.places).acquire_owned();
            match timeout(ROUND, free).await {
                Ok(place) => break place.expect("places are never closed"),
                Err(_) => self.ask_one_to_leave(),
            }
        };
        let seat = Seat {
            room: Arc::clone(self),
            rests: Mutex::new(None),
            leave: Arc::new(Notify::new()),
            news: OnceLock::new(),
            _place: place,
        };
        seat.rest();
        seat
    }

    fn ask_one_to_leave(&self) {
        let mut idle = self.idle();
        let longest = idle.seats.first_entry().filter(|it| it.get().0.elapsed() >= PATIENCE);
        if let Some(longest) = longest {
            longest.remove().1.notify_one();
        }
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Held while a request is answered.
    pub fn answers(&self) -> Answers<'_> {
        self.rise();
        Answers(self)
    }

    /// Whether the connection may wait for news, without end.
    pub fn wait_for_news(&self) -> bool {
        match Arc::clone(&self.room.for_news).try_acquire_owned() {
            Ok(place) => self.news.set(place).is_ok(),
            Err(_) => false,
        }
    }

    pub fn waits_for_news(&self) -> bool {
        self.news.get().is_some()
    }

    /// Returns when someone else needs the place.
    pub async fn asked_to_leave(&self) {
        self.leave.notified().await;
    }

    fn rest(&self) {
        let mut idle = self.room.idle();
        let number = idle.next;
        idle.next += 1;
        idle.seats.insert(number, (Instant::now(), Arc::clone(&self.leave)));
        drop(idle);
        *self.rests() = Some(number);
    }

    fn rise(&self) {
        if let Some(number) = self.rests().take() {
            self.room.idle().seats.remove(&number);
        }
    }

    fn rests(&self) -> MutexGuard<'_, Option<u64>> {
        self.rests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.rise();
    }
}

/// See [`Seat::answers`].
pub struct Answers<'s>(&'s Seat);

impl Drop for Answers<'_> {
    fn drop(&mut self) {
        if !self.0.waits_for_news() {
            self.0.rest();
        }
    }
}
