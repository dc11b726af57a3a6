package org.skinspectra.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DevicesIT {

  private static final int ASKING = 6;

  /** As when a model is opened while a canceled Diagnostics still tries the devices. */
  @Test
  void severalMayAskAtOnceAndAllAreToldThatTheCpuWorks() throws Exception {
    Devices.probe();
    CountDownLatch together = new CountDownLatch(ASKING);
    ExecutorService threads = Executors.newFixedThreadPool(ASKING);
    try {
      List<Future<List<Devices.Status>>> answers =
          Stream.generate(() -> threads.submit(() -> askedWith(together))).limit(ASKING).toList();
      for (Future<List<Devices.Status>> answer : answers) {
        assertTrue(
            answer.get().stream()
                .filter(device -> device.name().equals("CPU:0"))
                .allMatch(Devices.Status::usable),
            answer.get()::toString);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static List<Devices.Status> askedWith(CountDownLatch together)
      throws InterruptedException {
    together.countDown();
    together.await();
    return Stream.generate(Devices::probe).limit(5).flatMap(List::stream).toList();
  }
}
