import { Module, type DynamicModule } from '@nestjs/common';
import { systemClock, type Logger, type Settings } from '@catchment/platform';

/** Inject with `@Inject(SETTINGS) settings: Settings`. */
export const SETTINGS = Symbol('settings');
/** Inject with `@Inject(CLOCK) clock: Clock`. */
export const CLOCK = Symbol('clock');
/** Inject with `@Inject(LOGGER) logger: Logger`. */
export const LOGGER = Symbol('logger');

/** Settings, clock and log, for every module. */
@Module({})
export class SettingsModule {
  static forRoot(settings: Settings, logger: Logger): DynamicModule {
    return {
      module: SettingsModule,
      global: true,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: CLOCK, useValue: systemClock },
        { provide: LOGGER, useValue: logger },
      ],
      exports: [SETTINGS, CLOCK, LOGGER],
    };
  }
}
