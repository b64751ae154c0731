import { ChangeDetectionStrategy, Component, inject, input, output, signal } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { type AbstractControl, NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import type { RunSettings, Target } from '../run/run-settings';
import { samplePrompts } from '../sample-prompts';
import type { Fault } from '../simulation/fault';
import { faultLabels } from '../simulation/fault-labels';

/** Four simulated providers, and six connections to each. */
const mostAtOnce = 24;

/** What to run, and the buttons that do it. Nothing of it is stored anywhere, a key least of all. */
@Component({
  selector: 'board-settings-form',
  imports: [ReactiveFormsModule],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './settings-form.html',
  styleUrl: './settings-form.css',
})
export class SettingsForm {
  readonly isRunning = input.required<boolean>();
  readonly run = output<RunSettings>();
  readonly cancelled = output();

  private readonly builder = inject(NonNullableFormBuilder);
  protected readonly mostAtOnce = mostAtOnce;
  protected readonly faultLabels = faultLabels;
  protected readonly wasRefused = signal(false);

  protected readonly form = this.builder.group({
    prompts: [samplePrompts(40), [Validators.required, Validators.pattern(/\S/)]],
    concurrency: [
      12,
      [Validators.required, Validators.min(1), Validators.max(mostAtOnce), Validators.pattern(/^\d+$/)],
    ],
    order: this.builder.control<RunSettings['order']>('completion'),
    isStreamed: true,
    target: this.builder.control<Target['kind']>('simulated'),
    faults: this.builder.group<Record<Fault, boolean>>({
      errors: false,
      throttling: false,
      resets: false,
      stalls: false,
      outage: false,
    }),
    real: this.builder.group({
      baseURL: ['', [Validators.required, Validators.pattern(/^https?:\/\/[^\s?#]+$/)]],
      model: ['', Validators.required],
      apiKey: '',
    }),
  });
  protected readonly target = toSignal(this.form.controls.target.valueChanges, { initialValue: 'simulated' as const });

  constructor() {
    const { order, isStreamed, target, real } = this.form.controls;
    order.disable();
    real.disable();
    isStreamed.valueChanges.pipe(takeUntilDestroyed()).subscribe((on) => {
      if (on) order.disable();
      else order.enable();
    });
    target.valueChanges.pipe(takeUntilDestroyed()).subscribe((kind) => {
      if (kind === 'real') real.enable();
      else real.disable();
    });
  }

  /** What is still empty is no mistake before it was left, or Run was pressed. */
  protected isWrong({ invalid, touched }: AbstractControl): boolean {
    return invalid && (touched || this.wasRefused());
  }

  protected fill(count: number): void {
    this.form.controls.prompts.setValue(samplePrompts(count));
  }

  protected submit(): void {
    this.wasRefused.set(this.form.invalid);
    if (this.form.valid) this.run.emit(this.settings());
  }

  private settings(): RunSettings {
    const { prompts, concurrency, order, isStreamed, target, faults, real } = this.form.getRawValue();
    return {
      prompts: prompts.split('\n').filter((line) => line.trim() !== ''),
      concurrency,
      order,
      isStreamed,
      target:
        target === 'real'
          ? { kind: 'real', ...real }
          : { kind: 'simulated', faults: faultLabels.map(({ fault }) => fault).filter((fault) => faults[fault]) },
    };
  }
}
