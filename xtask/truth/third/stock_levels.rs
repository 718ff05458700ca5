//! Asks a warehouse's service how much of each article is left, and says what to order.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::io::{BufReader, Read, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::thread;

use truth::Random;

/// Calls on their way at any time: what the service lets one client have.
const AT_ONCE: usize = 48;

/// One connection, which all calls share.
struct Client {
    stream: RefCell<TcpStream>,
    answers: RefCell<Vec<Option<u32>>>,
}

impl Client {
    async fn level(&self, article: u32) -> Result<u32> {
        self.stream.borrow_mut().write_all(&article.to_le_bytes())?;
        poll_fn(|_| match self.answers.borrow_mut()[article as usize].take() {
            Some(level) => Poll::Ready(Ok(level)),
            None => Poll::Pending,
        })
        .await
    }

    /// Waits for the next answers.
    fn receive(&self) -> Result<()> {
        let mut bytes = [0; 8];
        self.stream.borrow_mut().read_exact(&mut bytes)?;
        let article = u32::from_le_bytes(bytes[..4].try_into().unwrap());
        let level = u32::from_le_bytes(bytes[4..].try_into().unwrap());
        self.answers.borrow_mut()[article as usize] = Some(level);
        Ok(())
    }

    /// Drives the calls for some articles until all are answered.
    fn levels(&self, articles: &[u32]) -> Result<Vec<u32>> {
        let mut calls: Vec<Pin<Box<dyn Future<Output = Result<u32>> + '_>>> = Vec::new();
        for &article in articles {
            calls.push(Box::pin(self.level(article)));
        }
        let mut context = Context::from_waker(Waker::noop());
        let mut levels = Vec::with_capacity(articles.len());
        for call in &mut calls {
            let _ = call.as_mut().poll(&mut context); // sends; nothing has come yet
        }
        for _ in articles {
            self.receive()?;
        }
        for mut call in calls {
            if let Poll::Ready(level) = call.as_mut().poll(&mut context) {
                levels.push(level?);
            }
        }
        Ok(levels)
    }
}

/// The service: a number for each that it is asked for.
fn serve(listener: &TcpListener, stock: &[u32]) -> Result<()> {
    let (mut stream, _) = listener.accept()?;
    stream.set_nodelay(true)?;
    let mut requests = BufReader::new(stream.try_clone()?);
    let mut request = [0; 4];
    while requests.read_exact(&mut request).is_ok() {
        let article = u32::from_le_bytes(request);
        let mut answer = [0; 8];
        answer[..4].copy_from_slice(&request);
        answer[4..].copy_from_slice(&stock[article as usize].to_le_bytes());
        stream.write_all(&answer)?;
    }
    Ok(())
}

/// How much is likely to be sold in a week, from what was sold in a year of days.
fn demand(days: &[f32]) -> f32 {
    let mut best = (f32::MAX, 0.0);
    for smoothing in 1..20 {
        let alpha = smoothing as f32 / 20.0;
        let (mut level, mut error) = (days[0], 0.0);
        for &day in days {
            error += (day - level) * (day - level);
            level += alpha * (day - level);
        }
        if error < best.0 {
            best = (error, level);
        }
    }
    best.1 * 7.0
}

fn main() -> Result<()> {
    let mut random = Random::new(431);
    let stock: Vec<u32> = (0..48_000).map(|_| random.skewed(400) as u32).collect();
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::scope(|scope| {
        let service = scope.spawn(|| serve(&listener, &stock));
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        let answers = RefCell::new(vec![None; stock.len()]);
        let client = Client { stream: RefCell::new(stream), answers };
        let articles: Vec<u32> = (0..stock.len() as u32).collect();
        let (mut orders, mut units) = (0, 0.0);
        let mut days = [0.0f32; 365];
        for articles in articles.chunks(AT_ONCE) {
            for level in client.levels(articles)? {
                let often = 1 + random.below(40);
                days.fill_with(|| random.below(often) as f32);
                let missing = demand(&days) - level as f32;
                if missing > 0.0 {
                    orders += 1;
                    units += f64::from(missing);
                }
            }
        }
        drop(client);
        println!("{orders} orders of {units:.1} units");
        service.join().unwrap()
    })
}
