//! The backend as the program sees it: one connection, over which any number of requests are on
//! their way at once, as with HTTP/2. A task writes requests and another one reads answers, so that
//! whoever gives up waiting leaves no half of a request behind.
//!
//! Each request is written by itself, as it comes: who asks wants it to leave. Numbers are not used
//! twice, so that the answer to somebody who gave up reaches nobody else.

use std::collections::HashMap;
use std::net;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::{mpsc, oneshot};

use crate::backend::{Backend, Value};
use crate::frame::{self, Incoming};
use crate::value::read;

/// Asks over a connection.
#[derive(Clone)]
pub struct Client {
    requests: mpsc::UnboundedSender<Request>,
    effort: u32,
}

enum Request {
    One(u64, oneshot::Sender<u64>),
    Many(Vec<u64>, oneshot::Sender<Vec<u64>>),
}

enum Waiting {
    One(oneshot::Sender<u64>),
    Many(oneshot::Sender<Vec<u64>>),
}

/// Who waits for which answer; nobody may once the connection is closed.
type Waiters = Arc<Mutex<Option<HashMap<u64, Waiting>>>>;

impl Client {
    /// Two tasks of the runtime in which this is called drive the connection. To read a value
    /// takes so much effort.
    ///
    /// # Errors
    /// If the system refuses a socket that does not block.
    pub(crate) fn new(stream: net::TcpStream, effort: u32) -> std::io::Result<Self> {
        stream.set_nonblocking(true)?;
        let (answers, wire) = TcpStream::from_std(stream)?.into_split();
        let (requests, queue) = mpsc::unbounded_channel();
        let waiters: Waiters = Arc::new(Mutex::new(Some(HashMap::new())));
        tokio::spawn(write_requests(queue, wire, Arc::clone(&waiters)));
        tokio::spawn(read_answers(answers, waiters));
        Ok(Self { requests, effort })
    }
}

impl Backend for Client {
    async fn get(&self, key: u64) -> Value {
        let (answer, value) = oneshot::channel();
        self.requests.send(Request::One(key, answer)).ok()?;
        read(value.await.ok()?, self.effort)
    }

    async fn get_many(&self, keys: Vec<u64>) -> Vec<Value> {
        let (count, (answer, values)) = (keys.len(), oneshot::channel());
        // What could not be sent is dropped with its end of the channel, so that nobody waits.
        drop(self.requests.send(Request::Many(keys, answer)));
        match values.await {
            Ok(values) => values.into_iter().map(|value| read(value, self.effort)).collect(),
            Err(_) => vec![None; count],
        }
    }
}

/// Writes each request by itself, until nobody can ask any more or the connection is closed.
async fn write_requests(
    mut queue: mpsc::UnboundedReceiver<Request>,
    mut wire: OwnedWriteHalf,
    waiters: Waiters,
) {
    let mut bytes = Vec::new();
    let mut id = 0;
    while let Some(request) = queue.recv().await {
        bytes.clear();
        let waiting = match request {
            Request::One(key, answer) => {
                frame::put(&mut bytes, id, [key].into_iter());
                Waiting::One(answer)
            }
            Request::Many(keys, answer) => {
                frame::put(&mut bytes, id, keys.into_iter());
                Waiting::Many(answer)
            }
        };
        match &mut *waiters.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(waiters) => waiters.insert(id, waiting),
            None => return,
        };
        id += 1;
        if wire.write_all(&bytes).await.is_err() {
            return;
        }
    }
}

/// Hands each answer to who waits for it. Whoever waits at the end learns that none will come.
async fn read_answers(mut wire: OwnedReadHalf, waiters: Waiters) {
    let mut incoming = Incoming::new();
    while let Ok(bytes @ 1..) = wire.read(incoming.room()).await {
        incoming.came(bytes);
        let mut waiters = waiters.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some((id, mut values)) = incoming.next() {
            // To send fails where nobody waits any more.
            match waiters.as_mut().and_then(|waiters| waiters.remove(&id)) {
                Some(Waiting::One(answer)) => drop(values.next().map(|value| answer.send(value))),
                Some(Waiting::Many(answer)) => drop(answer.send(values.collect())),
                None => {}
            }
        }
    }
    waiters.lock().unwrap_or_else(PoisonError::into_inner).take();
}
