//! Gauges on a coast report to an office over sockets: each reading is a line of its own, and the
//! office answers none of them before it has checked its sum.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use truth::Random;

const READINGS: usize = 200_000;

/// A reading with its sum, as the office wants it.
fn line(gauge: usize, minute: usize, level: i64) -> String {
    let sum = (gauge as i64 + minute as i64 * 7 + level).rem_euclid(97);
    format!("{gauge} {minute} {level} {sum}\n")
}

fn is_whole(line: &str) -> bool {
    let mut numbers = line.split_whitespace().filter_map(|word| word.parse::<i64>().ok());
    let (Some(gauge), Some(minute), Some(level), Some(sum)) =
        (numbers.next(), numbers.next(), numbers.next(), numbers.next())
    else {
        return false;
    };
    (gauge + minute * 7 + level).rem_euclid(97) == sum
}

fn office(listener: &TcpListener) -> (usize, usize) {
    let (stream, _) = listener.accept().unwrap();
    let mut answers = stream.try_clone().unwrap();
    let (mut whole, mut broken) = (0, 0);
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        if is_whole(&line) {
            whole += 1;
        } else {
            broken += 1;
        }
        answers.write_all(b"+").unwrap();
    }
    (whole, broken)
}

fn gauge(stream: &TcpStream, seed: u64) {
    let mut random = Random::new(seed);
    let mut level = 0.0_f64;
    for minute in 0..READINGS {
        level += (minute as f64 / 118.0).sin() * 3.0 + random.unit() - 0.5;
        let mut stream = stream;
        stream.write_all(line(4, minute, level as i64).as_bytes()).unwrap();
    }
    stream.shutdown(std::net::Shutdown::Write).unwrap();
}

fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let office = thread::spawn(move || office(&listener));
    let stream = TcpStream::connect(address).unwrap();
    stream.set_nodelay(true).unwrap();
    let answers = stream.try_clone().unwrap();
    let reader = thread::spawn(move || std::io::copy(&mut &answers, &mut std::io::sink()).unwrap());
    gauge(&stream, 72);
    println!("{:?}, {} answers", office.join().unwrap(), reader.join().unwrap());
}
