//! A layer of `tracing-subscriber` that keeps a record of each span, for rungs that name the crate.

use std::cell::Cell;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Dispatch, Level, Subscriber, level_filters::LevelFilter};
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};

use crate::record::{Name, Record, place, within};

thread_local! {
    /// Whether the request is traced that this thread handles.
    static KEPT: Cell<bool> = const { Cell::new(false) };
}

/// Where records of spans go.
#[derive(Clone)]
pub struct Records {
    begin: Instant,
    sink: Arc<Mutex<Vec<Record>>>,
}

/// What is known of a span that has not ended.
struct Open {
    place: u64,
    field: u64,
    start: u64,
}

/// The fields of a span: of all of them the number of the request, and what else there is.
#[derive(Default)]
struct Fields {
    id: u64,
    other: u64,
}

impl Records {
    /// None yet.
    pub fn new() -> Self {
        Self { begin: Instant::now(), sink: Arc::default() }
    }

    /// What spans are told to.
    pub fn dispatch(&self) -> Dispatch {
        let kept = dynamic_filter_fn(|what, _| *what.level() <= Level::INFO && KEPT.get())
            .with_max_level_hint(LevelFilter::INFO);
        Dispatch::new(Registry::default().with(kept).with(self.clone()))
    }

    /// Says whether the request is traced that this thread handles from here on.
    pub fn keep(kept: bool) {
        KEPT.set(kept);
    }

    /// Those of all spans that have ended.
    pub fn take(self) -> Vec<Record> {
        std::mem::take(&mut *self.sink.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn now(&self) -> u64 {
        self.begin.elapsed().as_nanos() as u64
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Records {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let (Some(span), Some(name)) = (context.span(id), Name::of(attributes.metadata().name()))
        else {
            return;
        };
        let around = span.parent().and_then(|outer| Some(outer.extensions().get::<Open>()?.place));
        let place =
            around.map_or_else(|| place(fields.id, None, name), |outer| within(outer, name));
        span.extensions_mut().insert(Open { place, field: fields.other, start: self.now() });
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        if let Some(&Open { place, field, start }) = span.extensions().get() {
            let record = Record { place, field, start, end: self.now() };
            self.sink.lock().unwrap_or_else(PoisonError::into_inner).push(record);
        }
    }
}

impl Visit for Fields {
    fn record_u64(&mut self, field: &Field, value: u64) {
        *(if field.name() == "id" { &mut self.id } else { &mut self.other }) = value;
    }

    /// All fields are numbers.
    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}
