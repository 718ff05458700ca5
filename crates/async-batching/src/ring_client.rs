//! The backend over a connection that a ring drives: what [`client`](crate::client) does, with
//! tasks that never leave their thread, and so without its lock, and with buffers that the kernel
//! has for as long as it reads or writes them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io;
use std::net;
use std::rc::Rc;

use ::compio::BufResult;
use ::compio::io::{AsyncRead, AsyncWriteExt};
use ::compio::net::TcpStream;
use ::compio::runtime::Runtime;
use tokio::sync::{mpsc, oneshot};

use crate::backend::{Backend, Value};
use crate::frame::{self, Incoming};
use crate::value::read;

/// Room for what one read brings, as much as frames have.
const ROOM: usize = 64 << 10;

/// Asks over a connection.
#[derive(Clone)]
pub(crate) struct Client {
    requests: mpsc::UnboundedSender<Request>,
    effort: u32,
}

/// Keys, and where their values go.
type Request = (Vec<u64>, oneshot::Sender<Vec<u64>>);

/// Who waits for which answer; nobody may once the connection is closed.
type Waiters = Rc<RefCell<Option<HashMap<u64, oneshot::Sender<Vec<u64>>>>>>;

impl Client {
    /// Two tasks of the runtime drive the connection. To read a value takes so much effort.
    ///
    /// # Errors
    /// If the runtime refuses the socket.
    pub(crate) fn new(runtime: &Runtime, stream: net::TcpStream, effort: u32) -> io::Result<Self> {
        let wire = runtime.enter(|| TcpStream::from_std(stream))?;
        let (requests, queue) = mpsc::unbounded_channel();
        let waiters: Waiters = Rc::new(RefCell::new(Some(HashMap::new())));
        runtime.spawn(write_requests(queue, wire.clone(), Rc::clone(&waiters))).detach();
        runtime.spawn(read_answers(wire, waiters)).detach();
        Ok(Self { requests, effort })
    }
}

impl Backend for Client {
    async fn get(&self, key: u64) -> Value {
        self.get_many(vec![key]).await[0]
    }

    async fn get_many(&self, keys: Vec<u64>) -> Vec<Value> {
        let (count, (answer, values)) = (keys.len(), oneshot::channel());
        // What could not be sent is dropped with its end of the channel, so that nobody waits.
        drop(self.requests.send((keys, answer)));
        match values.await {
            Ok(values) => values.into_iter().map(|value| read(value, self.effort)).collect(),
            Err(_) => vec![None; count],
        }
    }
}

/// Writes each request by itself, until nobody can ask any more or the connection is closed.
async fn write_requests(
    mut queue: mpsc::UnboundedReceiver<Request>,
    mut wire: TcpStream,
    waiters: Waiters,
) {
    let mut bytes = Vec::new();
    let mut id = 0;
    while let Some((keys, answer)) = queue.recv().await {
        bytes.clear();
        frame::put(&mut bytes, id, keys.into_iter());
        match &mut *waiters.borrow_mut() {
            Some(waiters) => waiters.insert(id, answer),
            None => return,
        };
        id += 1;
        let BufResult(written, buffer) = wire.write_all(bytes).await;
        if written.is_err() {
            return;
        }
        bytes = buffer;
    }
}

/// Hands each answer to who waits for it. Whoever waits at the end learns that none will come.
async fn read_answers(mut wire: TcpStream, waiters: Waiters) {
    let mut incoming = Incoming::new();
    let mut buffer = Vec::with_capacity(ROOM);
    while let BufResult(Ok(bytes @ 1..), filled) = wire.read(buffer).await {
        let mut came = &filled[..bytes];
        while let Ok(1..) = incoming.read(&mut came) {
            while let Some((id, values)) = incoming.next() {
                // To send fails where nobody waits any more.
                if let Some(answer) = waiters.borrow_mut().as_mut().and_then(|it| it.remove(&id)) {
                    drop(answer.send(values.collect()));
                }
            }
        }
        buffer = filled;
    }
    waiters.take();
}
