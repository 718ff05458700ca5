//! Checks translated manuals against a terminology server: which terms are in them, which of those
//! are forbidden, and how well each page keeps to the house style.

use std::io::{self, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use truth::Random;

const WORDS: usize = 420_000;
const TERMS: usize = 50_000;
/// Lengths between which a sentence is easy to read.
const EASY: std::ops::Range<usize> = 6..22;

/// What the server knows of a term.
#[derive(Clone, Copy, PartialEq)]
enum Verdict {
    Unknown,
    Preferred,
    Forbidden,
}

impl Verdict {
    fn from_byte(byte: u8) -> Verdict {
        match byte {
            1 => Verdict::Preferred,
            2 => Verdict::Forbidden,
            _ => Verdict::Unknown,
        }
    }
}

/// Answers requests until the connection is closed. A request is a number of terms, and the terms'
/// numbers; its answer is a byte for each of them.
fn serve(stream: TcpStream) -> io::Result<()> {
    let mut requests = BufReader::with_capacity(1 << 16, stream.try_clone()?);
    let mut replies = stream;
    let mut count = [0; 2];
    let mut terms = Vec::new();
    let mut verdicts = Vec::new();
    while requests.read_exact(&mut count).is_ok() {
        terms.resize(usize::from(u16::from_le_bytes(count)) * 4, 0);
        requests.read_exact(&mut terms)?;
        verdicts.clear();
        verdicts.extend(terms.chunks_exact(4).map(|term| {
            let term = u32::from_le_bytes([term[0], term[1], term[2], term[3]]);
            (term.wrapping_mul(2_654_435_761) >> 24) as u8 % 7
        }));
        replies.write_all(&verdicts)?;
    }
    Ok(())
}

/// A connection to the terminology server.
struct Glossary {
    stream: TcpStream,
}

impl Glossary {
    fn connect(listener: &TcpListener) -> io::Result<Glossary> {
        let stream = TcpStream::connect(listener.local_addr()?)?;
        stream.set_nodelay(true)?;
        Ok(Glossary { stream })
    }

    fn ask(&self, terms: &[u32]) -> io::Result<()> {
        let mut request = Vec::with_capacity(2 + terms.len() * 4);
        request.extend((terms.len() as u16).to_le_bytes());
        terms.iter().for_each(|term| request.extend(term.to_le_bytes()));
        (&self.stream).write_all(&request)
    }

    /// What the server says of each term. All requests are under way at once.
    fn verdicts(&self, terms: &[u32]) -> io::Result<Vec<Verdict>> {
        thread::scope(|scope| {
            let answers = scope.spawn(|| {
                let mut bytes = vec![0; terms.len()];
                (&self.stream).read_exact(&mut bytes)?;
                Ok(bytes.into_iter().map(Verdict::from_byte).collect())
            });
            for &term in terms {
                self.ask(&[term])?;
            }
            answers.join().expect("the reader does not panic")
        })
    }
}

/// The distinct words of a manual, numbered as they come, and how often each occurs.
fn vocabulary(manual: &str) -> (Vec<u32>, Vec<u32>) {
    let mut numbers: HashMap<&str, u32, FixedState> = HashMap::default();
    let mut counts: Vec<u32> = Vec::new();
    for word in manual.split_ascii_whitespace() {
        let next = numbers.len() as u32;
        let number = *numbers.entry(word).or_insert(next);
        if number == next {
            counts.push(0);
        }
        counts[number as usize] += 1;
    }
    ((0..counts.len() as u32).collect(), counts)
}

/// Sentences of an easy length; a sentence ends with a word in "qua".
fn easy_sentences(manual: &str) -> (usize, usize) {
    let (mut easy, mut all, mut length) = (0, 0, 0);
    for word in manual.split_ascii_whitespace() {
        length += 1;
        if word.ends_with("qua") {
            easy += usize::from(EASY.contains(&length));
            all += 1;
            length = 0;
        }
    }
    (easy, all)
}

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let glossary = Glossary::connect(&listener)?;
    let (stream, _) = listener.accept()?;
    stream.set_nodelay(true)?;
    let server = thread::spawn(move || serve(stream));
    let mut random = Random::new(501);
    for number in 0..6 {
        let manual = truth::text(WORDS, TERMS, random.number());
        let (terms, counts) = vocabulary(&manual);
        let verdicts = glossary.verdicts(&terms)?;
        let of = |wanted| -> u32 {
            let judged = verdicts.iter().zip(&counts);
            judged.filter(|(verdict, _)| **verdict == wanted).map(|(_, count)| count).sum()
        };
        let (preferred, forbidden) = (of(Verdict::Preferred), of(Verdict::Forbidden));
        let (easy, all) = easy_sentences(&manual);
        println!("manual {number}: {} terms, {} unknown", terms.len(), of(Verdict::Unknown));
        println!("  {preferred} preferred, {forbidden} forbidden, {easy} of {all} sentences easy");
    }
    drop(glossary);
    server.join().expect("the server does not panic")
}
