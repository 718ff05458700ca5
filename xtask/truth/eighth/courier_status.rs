//! Asks a carrier's depot where the parcels of the day are, and lists the routes that run late.
//!
//! The depot is at the other end of a socket and knows where each parcel was last seen. Calls to it
//! are futures, so many of them can be on their way; a small scheduler polls those that were woken.

use std::cell::RefCell;
use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::io::{BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

use truth::{Random, word};

const PARCELS: usize = 290_000;
const ROUTES: usize = 5_000;
const STOPS: usize = 100;
/// Calls that the depot takes at a time.
const AT_ONCE: usize = 256;

/// The connection to the depot.
struct Line {
    out: RefCell<UnixStream>,
    answers: RefCell<BufReader<UnixStream>>,
    waiting: RefCell<HashMap<u32, Option<Waker>>>,
    arrived: RefCell<HashMap<u32, Vec<u8>>>,
    calls: RefCell<u32>,
}

impl Line {
    fn new(stream: UnixStream) -> Line {
        let answers = BufReader::new(stream.try_clone().expect("a second handle"));
        Line {
            out: RefCell::new(stream),
            answers: RefCell::new(answers),
            waiting: RefCell::default(),
            arrived: RefCell::default(),
            calls: RefCell::new(0),
        }
    }

    /// The stops at which these parcels were last seen.
    async fn places(&self, parcels: &[u32]) -> Vec<u8> {
        let call = self.calls.replace_with(|call| call.wrapping_add(1));
        let mut request = Vec::with_capacity(8 + 4 * parcels.len());
        request.extend(call.to_le_bytes());
        request.extend((parcels.len() as u32).to_le_bytes());
        request.extend(parcels.iter().flat_map(|parcel| parcel.to_le_bytes()));
        self.waiting.borrow_mut().insert(call, None);
        self.out.borrow_mut().write_all(&request).expect("the depot listens");
        poll_fn(|context| match self.arrived.borrow_mut().remove(&call) {
            Some(places) => Poll::Ready(places),
            None => {
                self.waiting.borrow_mut().insert(call, Some(context.waker().clone()));
                Poll::Pending
            }
        })
        .await
    }

    /// Takes the next answer from the socket and wakes who waits for it.
    fn hear(&self) {
        let mut answers = self.answers.borrow_mut();
        let mut head = [0; 8];
        answers.read_exact(&mut head).expect("the depot answers");
        let [call, length] =
            [0, 4].map(|at| u32::from_le_bytes(head[at..][..4].try_into().unwrap()));
        let mut places = vec![0; length as usize];
        answers.read_exact(&mut places).expect("the whole answer");
        self.arrived.borrow_mut().insert(call, places);
        if let Some(Some(waker)) = self.waiting.borrow_mut().remove(&call) {
            waker.wake();
        }
    }

    /// The depot's end: answers each request when it has read it.
    fn serve(stream: UnixStream, stops: &[u8]) {
        let mut requests = BufReader::new(stream.try_clone().expect("a second handle"));
        let mut stream = stream;
        let mut head = [0; 8];
        while requests.read_exact(&mut head).is_ok() {
            let length = u32::from_le_bytes(head[4..].try_into().unwrap()) as usize;
            let mut parcels = vec![0; 4 * length];
            requests.read_exact(&mut parcels).expect("the whole request");
            let mut answer = head.to_vec();
            let (parcels, _) = parcels.as_chunks::<4>();
            answer.extend(parcels.iter().map(|&parcel| stops[u32::from_le_bytes(parcel) as usize]));
            if stream.write_all(&answer).is_err() {
                return;
            }
        }
    }
}

struct Bell {
    seat: usize,
    rung: Arc<Mutex<Vec<usize>>>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.rung.lock().expect("no panic").push(self.seat);
    }
}

/// Runs calls, a limited number at a time, and gives what they return as they end.
fn attend<F: Future>(line: &Line, mut calls: impl Iterator<Item = F>) -> Vec<F::Output> {
    let rung = Arc::new(Mutex::new((0..AT_ONCE).collect::<Vec<_>>()));
    let wakers: Vec<Waker> =
        (0..AT_ONCE).map(|seat| Arc::new(Bell { seat, rung: rung.clone() }).into()).collect();
    let mut seats: Vec<Option<Pin<Box<F>>>> = (0..AT_ONCE).map(|_| None).collect();
    let mut ready = Vec::new();
    let mut done = Vec::new();
    let mut taken = 0;
    loop {
        std::mem::swap(&mut ready, &mut *rung.lock().expect("no panic"));
        for seat in ready.drain(..) {
            taken -= usize::from(seats[seat].is_some());
            while let Some(call) = seats[seat].take().or_else(|| calls.next().map(Box::pin)) {
                let call = seats[seat].insert(call);
                match call.as_mut().poll(&mut Context::from_waker(&wakers[seat])) {
                    Poll::Ready(result) => done.push(result),
                    Poll::Pending => {
                        taken += 1;
                        break;
                    }
                }
                seats[seat] = None;
            }
        }
        if taken == 0 {
            return done;
        }
        if rung.lock().expect("no panic").is_empty() {
            line.hear();
        }
    }
}

/// Minutes that a parcel has still to go, rush hours being slower.
fn delay(pace: f32, stop: u8, due: u8) -> f32 {
    let stops = due.saturating_sub(stop);
    f32::from(stops) * pace * (1.2 + (f32::from(stop) / 9.0).sin() * 0.2)
}

/// Distances between a route's stops, as they lie today.
fn distances(random: &mut Random) -> Vec<f32> {
    let places: Vec<(f32, f32)> =
        (0..STOPS).map(|_| (random.unit() as f32, random.unit() as f32)).collect();
    let row = |&(x, y): &(f32, f32)| {
        places.iter().map(move |&(to_x, to_y)| ((x - to_x).powi(2) + (y - to_y).powi(2)).sqrt())
    };
    places.iter().flat_map(row).collect()
}

/// A tour through all stops: parts of it are turned round while that makes it shorter.
fn tour(distances: &[f32]) -> f32 {
    let mut order: Vec<usize> = (0..STOPS).collect();
    let between = |a: usize, b: usize| distances[a * STOPS + b];
    let mut is_better = true;
    while is_better {
        is_better = false;
        for from in 0..STOPS - 2 {
            for to in from + 2..STOPS {
                let (a, b, c) = (order[from], order[from + 1], order[to]);
                let d = order[(to + 1) % STOPS];
                if between(a, c) + between(b, d) + 1e-6 < between(a, b) + between(c, d) {
                    order[from + 1..=to].reverse();
                    is_better = true;
                }
            }
        }
    }
    order.iter().zip(order.iter().cycle().skip(1)).map(|(&a, &b)| between(a, b)).sum()
}

fn main() {
    let mut random = Random::new(802);
    let paces: Vec<f32> = (0..ROUTES).map(|_| 2.0 + 9.0 * random.unit() as f32).collect();
    let parcels: Vec<(u32, u16, u8)> = (0..PARCELS as u32)
        .map(|number| (number, random.skewed(ROUTES) as u16, random.below(STOPS) as u8))
        .collect();
    let stops: Vec<u8> = (0..PARCELS).map(|_| random.below(STOPS) as u8).collect();

    let (here, there) = UnixStream::pair().expect("a socket");
    let clerk = thread::spawn(move || Line::serve(there, &stops));
    let line = Line::new(here);
    let known = attend(
        &line,
        parcels.iter().map(|&(number, route, due)| {
            let line = &line;
            async move { (route, due, line.places(&[number]).await[0]) }
        }),
    );
    drop(line);
    clerk.join().expect("the depot ends");

    let mut late = vec![(0.0_f64, 0_u32); ROUTES];
    for (route, due, stop) in known {
        let minutes = delay(paces[usize::from(route)], stop, due);
        let (sum, count) = &mut late[usize::from(route)];
        *sum += f64::from((minutes * 16.0).round());
        *count += 1;
    }
    let mut routes: Vec<usize> = (0..ROUTES).filter(|&route| late[route].1 > 0).collect();
    routes.sort_by_key(|&route| std::cmp::Reverse((late[route].0 as u64, route)));
    let tours = (0..ROUTES).map(|_| tour(&distances(&mut random)));
    println!("tomorrow's tours: {:.1}", tours.sum::<f32>());
    for &route in &routes[..10] {
        println!("{:12} {:6} parcels, {:10} sixteenths", word(route), late[route].1, late[route].0);
    }
}
