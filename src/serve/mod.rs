//! Shows a site in a browser of this machine, and tells the pages that are open when it changes.
//!
//! - [`Shelf`] holds what is shown: the site, what is wrong at present, and the news for pages
//!   that are open. Whoever makes sites puts them there; nothing here knows how they come about.
//! - `gate` says who is let in: a browser on this machine that reads this site, and nobody else's
//!   page through it.
//! - `way` finds the page that a request means, in the list of the site's addresses. No path of a
//!   request ever reaches the disk.
//! - `answer` makes the response, `page` adds to a page what reloads it. What is published
//!   holds none of that.
//! - `open` and this file hold the connections, and end those that take too long.
//!
//! The server listens on the loopback address alone, so that no other machine reaches it.

mod answer;
mod gate;
mod page;
mod shelf;
mod way;

use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use answer::Body;

pub use shelf::{Fault, Ground, News, Pages, Shelf, Trouble};

/// How many clients are served at once; the others wait in the system's queue. Half of the files
/// that most systems let a program have open.
const MOST_CONNECTIONS: usize = 512;

/// How long a client may take for the head of a request, and may be silent between two.
const HEAD: Duration = Duration::from_secs(10);

/// How long a connection lives that does not wait for news: long enough for any page, and an
/// end for a client that never reads what it asked for.
const CONNECTION: Duration = Duration::from_secs(30);

/// How long such a connection has then to finish what it is about.
const LAST_ANSWER: Duration = Duration::from_secs(5);

/// A running server; it stops when it is dropped.
pub struct Server {
    /// `None` once it has stopped.
    runtime: Option<Runtime>,
    address: SocketAddr,
}

/// A free port of the loopback address: `wanted`, or the next that is free.
///
/// # Errors
///
/// If none of the hundred from there on can be had.
pub fn listen(wanted: u16) -> io::Result<TcpListener> {
    let last = wanted.saturating_add(99);
    let mut refused = io::Error::from(ErrorKind::AddrInUse);
    for port in wanted..=last {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => refused = error,
            Err(error) => return Err(error),
        }
    }
    Err(refused)
}

impl Server {
    /// Begins to answer those who call at `listener`, from `shelf`.
    ///
    /// # Errors
    ///
    /// If the system gives neither threads nor the socket.
    pub fn start(listener: TcpListener, shelf: Arc<Shelf>) -> io::Result<Server> {
        let address = listener.local_addr()?;
        listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            // Pages are made here; more at once than there are cores only fill the memory.
            .max_blocking_threads(8)
            .enable_all()
            .build()?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        runtime.spawn(accept(listener, shelf));
        Ok(Server { runtime: Some(runtime), address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on the program does not die of Ctrl-C: whoever holds the result is told.
    ///
    /// # Errors
    ///
    /// If the system does not tell.
    pub fn interrupts(&self) -> io::Result<Interrupts<'_>> {
        let runtime = self.runtime.as_ref().ok_or(ErrorKind::NotConnected)?;
        let _inside = runtime.enter();
        #[cfg(unix)]
        let signals = {
            use tokio::signal::unix::{SignalKind, signal};
            [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()].map(signal)
        };
        #[cfg(windows)]
        let signals = [tokio::signal::windows::ctrl_c()];
        let signals = signals.into_iter().collect::<io::Result<_>>()?;
        Ok(Interrupts { runtime, signals })
    }
}

/// Tells that the program is asked to end: by Ctrl-C, by the system, or as its terminal is closed.
pub struct Interrupts<'s> {
    runtime: &'s Runtime,
    signals: Vec<Signal>,
}

#[cfg(unix)]
type Signal = tokio::signal::unix::Signal;
#[cfg(windows)]
type Signal = tokio::signal::windows::CtrlC;

impl Interrupts<'_> {
    /// Waits for it.
    pub fn wait(mut self) {
        self.runtime.block_on(std::future::poll_fn(|context| {
            let asked = self.signals.iter_mut().map(|it| it.poll_recv(context).is_ready());
            // All are asked, so that each wakes us.
            match asked.fold(false, |any, it| any | it) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        }));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Whoever waits for a page that is being made is not waited for.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn accept(listener: tokio::net::TcpListener, shelf: Arc<Shelf>) {
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let shelf = Arc::clone(&shelf);
                tokio::spawn(async move {
                    converse(stream, shelf).await;
                    drop(place);
                });
            }
            // No more files may be open, or the client left already: others may do better soon.
            Err(_) => sleep(Duration::from_millis(20)).await,
        }
    }
}

/// Answers one client until it leaves, errs or takes too long.
async fn converse(stream: TcpStream, shelf: Arc<Shelf>) {
    // An answer is sent when it is ready, not when the last one has been confirmed.
    let _ = stream.set_nodelay(true);
    let waits_for_news = Arc::new(AtomicBool::new(false));
    let waits = Arc::clone(&waits_for_news);
    let service = service_fn(move |request: Request<Incoming>| {
        let (shelf, waits) = (Arc::clone(&shelf), Arc::clone(&waits));
        async move { Ok::<Response<Body>, Infallible>(answer::to(request, shelf, &waits).await) }
    });
    let mut connection = std::pin::pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .max_buf_size(64 << 10)
            .serve_connection(TokioIo::new(stream), service)
    );
    loop {
        // What a client does wrong is its own loss, so what comes of a connection is not told.
        if timeout(CONNECTION, connection.as_mut()).await.is_ok() {
            return;
        }
        if !waits_for_news.load(Ordering::Relaxed) {
            connection.as_mut().graceful_shutdown();
            let _ = timeout(LAST_ANSWER, connection).await;
            return;
        }
    }
}
