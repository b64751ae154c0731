import { bootstrapApplication } from '@angular/platform-browser';
import { Board } from './app/board';
import { boardConfig } from './app/board-config';

bootstrapApplication(Board, boardConfig).catch((error: unknown) => {
  console.error(error);
});
