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
//! - `room` and this file hold the connections, and end those that take too long or are in the way.
//!
//! The server listens on the loopback address alone, so that no other machine reaches it.

mod answer;
mod gate;
mod page;
mod room;
mod shelf;
mod way;

use std::convert::Infallible;
use std::future::{Future as _, poll_fn};
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::time::{sleep, timeout};

use answer::Body;
use room::{Room, Seat};

pub use shelf::{Fault, Ground, News, Pages, Shelf, Trouble};

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

/// How many ports [`listen`] tries.
pub const PORTS: u16 = 100;

/// A free port of the loopback address: `wanted`, or the next that is free.
///
/// # Errors
///
/// If one cannot be had for another reason than that it is taken, or all from there on are.
pub fn listen(wanted: u16) -> io::Result<TcpListener> {
    let last = wanted.saturating_add(PORTS - 1);
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
        self.runtime.block_on(poll_fn(|context| {
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
    let room = Room::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let seat = room.seat().await;
                tokio::spawn(converse(stream, Arc::clone(&shelf), seat));
            }
            // No more files may be open, or the client left already: others may do better soon.
            Err(_) => sleep(Duration::from_millis(20)).await,
        }
    }
}

/// Answers one client until it leaves, errs, takes too long or is in the way of others.
async fn converse(stream: TcpStream, shelf: Arc<Shelf>, seat: Seat) {
    // An answer is sent when it is ready, not when the last one has been confirmed.
    let _ = stream.set_nodelay(true);
    let seat = &seat;
    let service = service_fn(move |request: Request<Incoming>| {
        let shelf = Arc::clone(&shelf);
        async move {
            let _answers = seat.answers();
            Ok::<Response<Body>, Infallible>(answer::to(request, shelf, seat).await)
        }
    });
    let mut connection = std::pin::pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .max_buf_size(64 << 10)
            .serve_connection(TokioIo::new(stream), service)
    );
    let mut asked_to_leave = std::pin::pin!(seat.asked_to_leave());
    loop {
        // What a client does wrong is its own loss, so what comes of a connection is not told.
        let end = poll_fn(|context| match connection.as_mut().poll(context) {
            Poll::Ready(_) => Poll::Ready(()),
            Poll::Pending => asked_to_leave.as_mut().poll(context),
        });
        if timeout(CONNECTION, end).await.is_ok() {
            return;
        }
        if !seat.waits_for_news() {
            connection.as_mut().graceful_shutdown();
            let _ = timeout(LAST_ANSWER, connection).await;
            return;
        }
    }
}
